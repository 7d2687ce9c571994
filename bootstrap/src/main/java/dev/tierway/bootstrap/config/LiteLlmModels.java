package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.config.LiteLlmDeployment.Shares;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes one model of all deployments that clients ask for by the same name. */
final class LiteLlmModels {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000);

    private final Map<String, List<LiteLlmDeployment>> groups = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final boolean shuffled;

    /** @param shuffled whether LiteLLM's strategy draws by weights */
    LiteLlmModels(List<LiteLlmDeployment> deployments, Set<String> otherNames, boolean shuffled) {
        this.shuffled = shuffled;
        for (LiteLlmDeployment one : deployments) {
            groups.computeIfAbsent(one.group(), name -> new ArrayList<>()).add(one);
        }
        names.addAll(groups.keySet());
        names.addAll(otherNames);
    }

    /** What clients ask for. */
    Set<String> groups() {
        return groups.keySet();
    }

    /** Whether the two serve the same: chats, or embeddings. */
    boolean alike(String group, String other) {
        return embeds(group) == embeds(other);
    }

    private boolean embeds(String group) {
        List<LiteLlmDeployment> deployments = groups.getOrDefault(group, List.of());
        return !deployments.isEmpty() && deployments.getFirst().embeds();
    }

    int sizeOf(String group) {
        return groups.getOrDefault(group, List.of()).size();
    }

    List<Map<String, Object>> written() {
        List<Map<String, Object>> models = new ArrayList<>();
        groups.forEach((id, deployments) -> models.add(model(id, deployments)));
        return models;
    }

    private Map<String, Object> model(String id, List<LiteLlmDeployment> deployments) {
        LiteLlmDeployment best = deployments.stream()
                .filter(one -> !one.known().guessed())
                .findFirst()
                .orElse(deployments.getFirst());
        Map<String, Object> model = new LinkedHashMap<>(Map.of("id", id));
        model.putAll(best.known().facts());
        deployments.reversed().forEach(one -> model.putAll(one.known().said()));
        if (best.known().guessed()) {
            best.said()
                    .changed(
                            "model",
                            "isn't in Tierway's catalogue: "
                                    + (best.embeds()
                                            ? "tier mid is a guess; correct it"
                                            : "tier mid and all capabilities are a guess; correct them")
                                    + " in model " + id);
        }
        orders(deployments);
        weights(deployments);
        List<Map<String, Object>> replicas = new ArrayList<>();
        for (LiteLlmDeployment one : deployments) {
            if (one.embeds() != best.embeds()) {
                one.said()
                        .left(
                                "model",
                                "serves " + (one.embeds() ? "embeddings" : "chats") + ", unlike others of " + id);
                continue;
            }
            replicas.add(identified(id, one));
        }
        model.put("replicas", replicas);
        return model;
    }

    /** LiteLLM asks those of the least order; others once none of them is left. */
    private static void orders(List<LiteLlmDeployment> deployments) {
        BigDecimal least = null;
        Set<BigDecimal> levels = new LinkedHashSet<>();
        for (LiteLlmDeployment one : deployments) {
            BigDecimal order = one.order();
            if (order != null) {
                levels.add(order);
                least = least == null ? order : least.min(order);
            }
        }
        for (LiteLlmDeployment one : deployments) {
            BigDecimal order = one.order();
            boolean first = least == null || (order != null && order.compareTo(least) == 0);
            if (!first) {
                one.replica().put("phase", "standby");
            }
            if (order != null) {
                one.replica().put("priority", order.max(BigDecimal.ZERO).setScale(0, RoundingMode.DOWN));
                String words = first
                        ? "→ priority, and phase active"
                        : "→ priority, and phase standby: asked once no active one is left";
                if (levels.size() > 2 && !first) {
                    one.said()
                            .changed("order", words + "; all later levels rank alike, unless the strategy is priority");
                } else {
                    one.said().carried("order", words);
                }
            }
        }
    }

    private void weights(List<LiteLlmDeployment> deployments) {
        Shares first = deployments.getFirst().weight();
        boolean own = first.weight() != null;
        for (LiteLlmDeployment one : deployments) {
            BigDecimal weight = one.weight().weight();
            if (weight != null) {
                if (!shuffled) {
                    one.replica().put("weight", weight.max(BigDecimal.ZERO).setScale(0, RoundingMode.UP));
                }
                if (own && shuffled) {
                    one.said().carried("weight", "→ the replica's weight");
                } else {
                    one.said().changed("weight", "→ the replica's weight, which counts under strategy weighted only");
                }
            }
        }
        if (own && shuffled) {
            share(deployments, Shares::weight);
        } else if (shuffled && deployments.size() > 1 && first.rpm() != null) {
            share(deployments, Shares::rpm);
        } else if (shuffled && deployments.size() > 1 && first.tpm() != null) {
            share(deployments, Shares::tpm);
        }
    }

    /** Who says nothing gets nothing, as with LiteLLM. */
    private static void share(List<LiteLlmDeployment> deployments, Function<Shares, @Nullable BigDecimal> by) {
        int scale = 0;
        BigDecimal most = BigDecimal.ONE;
        for (LiteLlmDeployment one : deployments) {
            BigDecimal share = by.apply(one.weight());
            if (share != null) {
                scale = Math.max(scale, share.stripTrailingZeros().scale());
                most = most.max(share);
            }
        }
        BigDecimal times = BigDecimal.ONE.movePointRight(Math.min(scale, 6));
        while (most.multiply(times).compareTo(LARGEST) > 0) {
            times = times.movePointLeft(1);
        }
        for (LiteLlmDeployment one : deployments) {
            BigDecimal share = by.apply(one.weight());
            BigDecimal scaled = share == null ? BigDecimal.ZERO : share.multiply(times);
            boolean some = scaled.signum() > 0;
            one.replica().put("weight", some ? scaled.setScale(0, RoundingMode.UP) : BigDecimal.ZERO);
            if (!some) {
                one.said().changed("model", "has no share of its group's traffic: weight 0, never called in Tierway");
            }
        }
    }

    /** Replicas, models and routes share one space of names. */
    private Map<String, Object> identified(String model, LiteLlmDeployment one) {
        String usual = one.provider() + "/" + model;
        String said = one.id();
        String id = said == null ? usual : said;
        String free = id;
        for (int n = 2; !names.add(free); n++) {
            free = (id.equals(usual) ? one.provider() + ":" + model : id) + "-" + n;
        }
        Map<String, Object> replica = new LinkedHashMap<>();
        if (!free.equals(usual)) {
            replica.put("id", free);
        }
        replica.putAll(one.replica());
        if (model.equals(replica.get("upstream-model"))) {
            replica.remove("upstream-model");
        }
        return replica;
    }
}

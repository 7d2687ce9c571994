package dev.tierway.bootstrap.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fallbacks and aliases. A model keeps its name; a rule sends calls of it to a route that has the fallbacks behind it.
 */
final class LiteLlmRoutes {
    private static final String WITH_FALLBACKS = ".with-fallbacks";

    private final LiteLlmModels models;
    private final Map<String, Set<String>> behind = new LinkedHashMap<>();
    private final Map<String, Object> routes = new LinkedHashMap<>();
    private boolean onContentPolicy;

    LiteLlmRoutes(LiteLlmModels models) {
        this.models = models;
    }

    boolean onContentPolicy() {
        return onContentPolicy;
    }

    /** The longest list of fallbacks. */
    int longest() {
        return behind.values().stream().mapToInt(Set::size).max().orElse(0);
    }

    void fallbacks(LiteLlmSection settings) {
        lists(settings, "fallbacks", "");
        lists(
                settings,
                "context_window_fallbacks",
                "; LiteLLM asks them for too long a context only, Tierway after any failure");
        lists(
                settings,
                "content_policy_fallbacks",
                "; LiteLLM asks them for refused content only, Tierway after any failure");
        onContentPolicy |= settings.has("content_policy_fallbacks");
        List<String> usual = targets(settings, "default_fallbacks", settings.items("default_fallbacks"));
        if (!usual.isEmpty()) {
            List<String> without = models.groups().stream()
                    .filter(group -> !behind.containsKey(group))
                    .toList();
            without.forEach(group -> add(group, usual));
            settings.carried("default_fallbacks", "→ behind every model that has no fallbacks of its own");
        }
    }

    private void lists(LiteLlmSection settings, String key, String difference) {
        for (Node item : settings.items(key)) {
            if (!(item instanceof Node.Mapping mapping)) {
                settings.left(key, "has an entry that isn't MODEL: [MODELS]");
                continue;
            }
            mapping.values().forEach((group, list) -> {
                List<String> targets =
                        targets(settings, key, list instanceof Node.Sequence some ? some.items() : List.of());
                if (group.equals("*")) {
                    models.groups().forEach(each -> add(each, targets));
                } else if (models.groups().contains(group)) {
                    add(group, targets);
                } else {
                    settings.left(key, "names '" + group + "', which no deployment serves");
                    return;
                }
                boolean plain = difference.isEmpty() && models.sizeOf(group) < 2;
                String words = "→ rule and route " + group + WITH_FALLBACKS + ": " + group + ", then "
                        + String.join(", ", targets);
                if (plain) {
                    settings.carried(key, words);
                } else {
                    settings.changed(
                            key,
                            words
                                    + difference
                                    + (models.sizeOf(group) < 2
                                            ? ""
                                            : "; within " + group
                                                    + " replicas are asked in their order, not by weights"));
                }
            });
        }
    }

    private List<String> targets(LiteLlmSection settings, String key, List<Node> items) {
        List<String> targets = new ArrayList<>();
        for (Node item : items) {
            if (item instanceof Node.Scalar scalar && models.groups().contains(scalar.raw())) {
                targets.add(scalar.raw());
            } else {
                settings.left(
                        key,
                        item instanceof Node.Scalar scalar
                                ? "names '" + scalar.raw() + "', which no deployment serves"
                                : "brings settings of its own: make a model of them and name it");
            }
        }
        return targets;
    }

    private void add(String group, List<String> targets) {
        for (String target : targets) {
            if (!target.equals(group) && models.alike(group, target)) {
                behind.computeIfAbsent(group, name -> new LinkedHashSet<>()).add(target);
            }
        }
    }

    void aliases(LiteLlmSection settings) {
        LiteLlmSection aliases = settings.section("model_group_alias");
        for (String alias : aliases.keys()) {
            Node value = aliases.take(alias);
            LiteLlmSection whole = LiteLlmSection.of(value instanceof Node.Mapping ? value : null, settings.report());
            String group = value instanceof Node.Scalar scalar ? scalar.raw() : whole.text("model");
            if (group == null || !models.groups().contains(group) || alias.matches(".*[\\s*].*|tier:.*|auto")) {
                aliases.left(
                        alias, "can't stand for '" + group + "': no deployment serves that, or the name can't be one");
                continue;
            }
            routes.put(alias, group);
            aliases.carried(alias, "→ route " + alias);
            if (whole.flag("hidden")) {
                whole.left("hidden", "Tierway lists every route in /v1/models");
            }
        }
    }

    /** @param general LiteLLM's general_settings */
    void usual(LiteLlmSection general) {
        String model = general.text("completion_model");
        if (model != null && models.groups().contains(model)) {
            routes.put("default", model);
            general.changed(
                    "completion_model",
                    "→ route default, which is what model `auto` means; a call without a model is refused");
        } else if (model != null) {
            general.left("completion_model", "no deployment serves it");
        }
    }

    Map<String, Object> routes() {
        Map<String, Object> all = new LinkedHashMap<>();
        routes.forEach((name, group) -> all.put(name, behind.containsKey(group) ? group + WITH_FALLBACKS : group));
        behind.forEach((group, targets) -> {
            Map<String, Object> route = new LinkedHashMap<>();
            List<String> order = new ArrayList<>(List.of(group));
            order.addAll(targets);
            route.put("targets", order);
            route.put("strategy", "priority");
            all.put(group + WITH_FALLBACKS, route);
        });
        return all;
    }

    List<Map<String, Object>> rules() {
        List<Map<String, Object>> rules = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        behind.forEach((group, targets) -> {
            String id = "fallbacks-" + LiteLlmAccounts.slug(group);
            String free = id;
            for (int n = 2; !ids.add(free); n++) {
                free = id + "-" + n;
            }
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("id", free);
            rule.put("when", Map.of("model", group));
            rule.put("to", group + WITH_FALLBACKS);
            rules.add(rule);
        });
        return rules;
    }
}

package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.config.LiteLlmMove.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code router_settings} and those of {@code litellm_settings} that mean the same: strategy, retries, clocks, circuits. */
final class LiteLlmRouting {
    private final LiteLlmSection router;
    private final LiteLlmSection library;

    LiteLlmRouting(LiteLlmSection router, LiteLlmSection library) {
        this.router = router;
        this.library = library;
    }

    /** The router's own word goes before the library's. */
    private LiteLlmSection where(String key) {
        return router.has(key) ? router : library;
    }

    /** As Tierway calls it; what isn't known becomes adaptive. */
    String strategy() {
        String said = router.text("routing_strategy");
        String strategy = switch (said == null ? "simple-shuffle" : said) {
            case "simple-shuffle" -> "weighted";
            case "least-busy" -> "least-requests";
            case "latency-based-routing" -> "latency";
            case "cost-based-routing" -> "cost";
            default -> "adaptive";
        };
        if (said == null) {
            router.report()
                    .add(
                            router.at(),
                            "router_settings",
                            Outcome.CARRIED,
                            "says no routing_strategy: LiteLLM's simple-shuffle → strategy weighted. Try adaptive,"
                                    + " which looks at price, speed, health and quota");
        } else if (strategy.equals("adaptive")) {
            router.changed(
                    "routing_strategy",
                    "'" + said
                            + "' → strategy adaptive, which looks at what is left of quotas, at price, speed and"
                            + " health");
        } else {
            router.carried("routing_strategy", "→ routing.strategy: " + strategy);
        }
        return strategy;
    }

    Map<String, Object> written(String strategy, LiteLlmRoutes routes) {
        Map<String, Object> routing = new LinkedHashMap<>();
        routing.put("strategy", strategy);
        Map<String, Object> spillover = spillover(routes);
        if (!spillover.isEmpty()) {
            routing.put("spillover", spillover);
        }
        Map<String, Object> timeouts = timeouts();
        if (!timeouts.isEmpty()) {
            routing.put("timeouts", timeouts);
        }
        Map<String, Object> circuit = circuit();
        if (!circuit.isEmpty()) {
            routing.put("circuit", circuit);
        }
        return routing;
    }

    private Map<String, Object> spillover(LiteLlmRoutes routes) {
        Map<String, Object> spillover = new LinkedHashMap<>();
        LiteLlmSection where = where("num_retries");
        BigDecimal retries = where.number("num_retries");
        if (retries != null && retries.signum() >= 0) {
            int perModel = Math.min(retries.intValue(), 20) + 1;
            spillover.put("attempts", perModel + routes.longest());
            spillover.put("attempts-per-model", perModel);
            where.changed(
                    "num_retries",
                    "→ routing.spillover.attempts-per-model: " + perModel
                            + ". Tierway goes on to another replica, never back to"
                            + " one that failed, and only after failures another one may mend");
        } else if (routes.longest() > 0) {
            spillover.put("attempts", 3 + routes.longest());
        }
        if (routes.onContentPolicy()) {
            spillover.put("on-content-policy", true);
        }
        return spillover;
    }

    private Map<String, Object> timeouts() {
        Map<String, Object> timeouts = new LinkedHashMap<>();
        LiteLlmSection where = router.has("timeout") ? router : library;
        String key = router.has("timeout") ? "timeout" : "request_timeout";
        BigDecimal whole = LiteLlmLimits.seconds(where, key);
        BigDecimal stream = LiteLlmLimits.seconds(router, "stream_timeout");
        if (whole != null) {
            BigDecimal spill = whole.min(BigDecimal.valueOf(180));
            BigDecimal first = (stream == null ? BigDecimal.valueOf(30) : stream).min(whole);
            timeouts.put("first-token", LiteLlmLimits.duration(first));
            timeouts.put("spill", LiteLlmLimits.duration(spill));
            timeouts.put("total", LiteLlmLimits.duration(whole));
            where.changed(key, "→ routing.timeouts.total: LiteLLM's is for each attempt, here for the whole call");
        } else if (stream != null) {
            timeouts.put("first-token", LiteLlmLimits.duration(stream));
        }
        if (stream != null) {
            router.changed("stream_timeout", "→ routing.timeouts.first-token: the wait for a stream's first token");
        }
        return timeouts;
    }

    private Map<String, Object> circuit() {
        Map<String, Object> circuit = new LinkedHashMap<>();
        LiteLlmSection where = where("allowed_fails");
        BigDecimal fails = where.number("allowed_fails");
        if (fails != null && fails.signum() >= 0) {
            circuit.put("failures", fails.setScale(0, RoundingMode.DOWN).add(BigDecimal.ONE));
            where.changed("allowed_fails", "→ routing.circuit.failures: failures in a row; LiteLLM's are per minute");
        }
        LiteLlmSection rest = where("cooldown_time");
        BigDecimal cooldown = LiteLlmLimits.seconds(rest, "cooldown_time");
        if (cooldown != null) {
            circuit.putAll(LiteLlmLimits.circuit(cooldown));
            rest.changed("cooldown_time", "→ routing.circuit.open: how long a circuit stays open at first; it doubles");
        }
        return circuit;
    }

    void leaveRest() {
        for (LiteLlmSection section : List.of(router, library)) {
            section.leaveRest(LiteLlmAdvice::onSetting);
        }
    }
}

package dev.tierway.application.service;

import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.routing.Constraints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a caller set, under the names of the {@code tierway} object. */
final class OptionNames {
    private OptionNames() {}

    static Map<String, String> of(CallOptions options) {
        if (options.equals(CallOptions.NONE)) {
            return Map.of();
        }
        Map<String, String> named = new LinkedHashMap<>();
        put(named, "local", options.local() == Constraints.Local.ALLOWED ? null : options.local());
        put(named, "exclude", options.exclude());
        put(named, "only", options.only());
        put(named, "require", options.require());
        put(named, "max_cost_usd", options.maxCostUsd());
        put(
                named,
                "deadline_ms",
                options.deadline() == null ? null : options.deadline().toMillis());
        put(named, "escalate_to", options.escalateTo());
        put(named, "optimize", options.optimize());
        put(
                named,
                "strategy",
                options.strategy() == null ? null : options.strategy().id());
        put(named, "on_unsupported", options.onUnsupported());
        put(named, "agent", options.agent());
        put(named, "workflow", options.workflow());
        put(named, "step", options.step());
        put(named, "user", options.user());
        put(named, "session", options.session());
        options.tags().forEach((key, value) -> named.put("tags." + key, value));
        put(named, "seed", options.seed());
        return named;
    }

    private static void put(Map<String, String> named, String name, @Nullable Object value) {
        if (value instanceof List<?> list) {
            if (!list.isEmpty()) {
                named.put(
                        name,
                        String.join(",", list.stream().map(String::valueOf).toList()));
            }
        } else if (value != null) {
            named.put(
                    name,
                    value instanceof Enum<?> one ? one.name().toLowerCase(java.util.Locale.ROOT) : value.toString());
        }
    }
}

package dev.tierway.bootstrap.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What LiteLLM sends with every request of a deployment: here the replica's {@code defaults.parameters}. */
final class LiteLlmParameters {
    private static final List<String> IN_OPENAIS_WORDS = List.of(
            "temperature",
            "top_p",
            "top_k",
            "max_tokens",
            "max_completion_tokens",
            "presence_penalty",
            "frequency_penalty",
            "seed",
            "stop",
            "n",
            "user",
            "logit_bias",
            "reasoning_effort",
            "verbosity",
            "service_tier",
            "parallel_tool_calls",
            "tool_choice",
            "response_format",
            "thinking",
            "num_ctx",
            "keep_alive");
    private static final Set<String> IN_ANTHROPICS = Set.of("temperature", "top_p", "top_k", "max_tokens", "thinking");
    private static final Set<String> OF_OLLAMA = Set.of("temperature", "top_p", "top_k", "seed", "stop", "num_ctx");

    private LiteLlmParameters() {}

    static void read(LiteLlmSection params, Map<String, Object> provider, Map<String, Object> replica) {
        String kind = String.valueOf(provider.get("kind"));
        Map<String, Object> parameters = new LinkedHashMap<>();
        Map<String, Object> options = new LinkedHashMap<>();
        for (String name : IN_OPENAIS_WORDS) {
            Node value = params.take(name);
            if (value == null) {
                continue;
            }
            if (kind.equals("ollama") && OF_OLLAMA.contains(name)) {
                options.put(name, plain(value, params.report()));
                params.carried(name, "→ the replica's defaults.parameters.options");
            } else if (kind.equals("anthropic") ? IN_ANTHROPICS.contains(name) : speaksOpenAi(kind)) {
                parameters.put(name, plain(value, params.report()));
                params.carried(name, "→ the replica's defaults.parameters");
            } else {
                params.left(
                        name,
                        "says it in OpenAI's words, and kind " + kind + " wants its own: write them into the replica's"
                                + " defaults.parameters");
            }
        }
        if (params.take("extra_body") instanceof Node.Mapping body) {
            if (body.values().keySet().stream().anyMatch(name -> name.matches("(?i).*(key|secret|password|token)"))) {
                params.left(
                        "extra_body", "may hold a secret: write it into the replica's defaults yourself, with ${NAME}");
            } else {
                body.values().forEach((name, value) -> parameters.put(name, plain(value, params.report())));
                params.carried("extra_body", "→ the replica's defaults.parameters");
            }
        }
        if (!options.isEmpty()) {
            parameters.put("options", options);
        }
        if (!parameters.isEmpty()) {
            replica.put("defaults", new LinkedHashMap<>(Map.of("parameters", parameters)));
        }
    }

    private static boolean speaksOpenAi(String kind) {
        for (ProviderKind one : ProviderKind.values()) {
            if (one.id().equals(kind)) {
                return LiteLlmPrefixes.speaksOpenAi(one);
            }
        }
        return false;
    }

    private static Object plain(Node node, MoveReport report) {
        return switch (node) {
            case Node.Scalar scalar ->
                switch (scalar.written()) {
                    case NUMBER -> number(scalar.raw());
                    case BOOLEAN -> scalar.raw().equalsIgnoreCase("true");
                    case TEXT, NOTHING, UNRESOLVED -> report.plain(scalar);
                };
            case Node.Sequence list ->
                list.items().stream().map(item -> plain(item, report)).toList();
            case Node.Mapping map -> {
                Map<String, Object> values = new LinkedHashMap<>();
                map.values().forEach((key, value) -> values.put(key, plain(value, report)));
                yield values;
            }
        };
    }

    private static Object number(String raw) {
        try {
            return new BigDecimal(raw);
        } catch (NumberFormatException notDecimal) {
            return raw;
        }
    }
}

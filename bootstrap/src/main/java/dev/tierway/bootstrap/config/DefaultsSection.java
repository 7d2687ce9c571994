package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.RequestDefaults;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.chat.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code providers[].defaults}, {@code models[].replicas[].defaults}. */
final class DefaultsSection {
    /** What a request consists of can't be a default. */
    private static final Set<String> OF_THE_CALL =
            Set.of("model", "messages", "input", "prompt", "contents", "stream", "stream_options", "tierway");

    static final Key<Map<String, JsonText>> PARAMETERS = Key.optional(
            "parameters",
            new MapShape<>(
                    Scalars.matching(
                            "a parameter's name", "^[A-Za-z][A-Za-z0-9_.-]{0,99}$", DefaultsSection::parameter),
                    new JsonShape(),
                    "a set of parameters"),
            "Members of a chat's body in the provider's own words, e.g. `temperature`, or `options: { num_ctx: 8192 }`"
                + " for `ollama`. What the request says itself wins, in objects member by member. Nothing else of the"
                + " body changes. Not checked: what the provider doesn't know, it may refuse.");
    static final Key<Map<String, Secret>> HEADERS = Key.optional(
            "headers",
            new MapShape<>(
                    Scalars.matching("a header's name", "^[A-Za-z0-9_-]+$", ProviderSection::headerName),
                    Scalars.SECRET,
                    "a set of headers"),
            "Headers, unless the provider's `headers` or the dialect set them. Values are treated as secrets.");

    static final Section<RequestDefaults> SECTION = Section.of(
            "defaults",
            "What is sent unless the request says it itself. A replica's go before its provider's.",
            List.of(PARAMETERS, HEADERS),
            v -> new RequestDefaults(v.get(PARAMETERS, Map.of()), v.get(HEADERS, Map.of())));

    private DefaultsSection() {}

    private static String parameter(String name) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_.-]{0,99}")) {
            throw new Unfit("is not a parameter's name", "use letters, digits and _");
        }
        if (OF_THE_CALL.contains(name)) {
            throw new Unfit("'" + name + "' is what a call consists of, and can have no default", "remove it");
        }
        return name;
    }

    private static Map<String, Object> parameters(RequestDefaults defaults) {
        Map<String, Object> values = new LinkedHashMap<>();
        defaults.parameters().forEach((name, value) -> values.put(name, JsonShape.plain(value)));
        return values;
    }

    /** Of headers names only: their values may be secret. */
    static @Nullable Map<String, Object> shown(RequestDefaults defaults) {
        return defaults.isEmpty()
                ? null
                : new Shown()
                        .put(PARAMETERS, parameters(defaults))
                        .put(HEADERS, List.copyOf(defaults.headers().keySet()))
                        .map();
    }
}

package dev.tierway.bootstrap.config;

import dev.tierway.PluginConfig;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.plugin.PluginFactory;
import dev.tierway.application.plugin.PluginSettings;
import dev.tierway.bootstrap.config.Node.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code plugins[]} of kinds that don't ship. */
final class OwnPluginSection {
    static final Key<String> NAME = Key.required(
            "name",
            new ScalarShape<>("a plugin's name", Set.of(Written.TEXT), schema(), PluginKeys::label),
            "Of a kind that a jar on the class path brings (a `PluginFactory`), or of an object that a Java program"
                    + " gives to the builder.");
    static final Key<Boolean> PROGRAM = Key.optional(
                    "program",
                    Scalars.TRUE_OR_FALSE,
                    "`true`: a Java program gives a plugin of this name to the builder; here is said how it takes"
                            + " part.")
            .or("false");
    static final Key<JsonText> CONFIG =
            Key.optional("config", new JsonShape(), "What the plugin is to know: its own keys.");

    static final Section<PluginConfig> SECTION = Section.of(
            "plugin-of-your-own",
            "A plugin that doesn't ship: see [how to write one](../how-to/plugins.md).",
            List.of(
                    NAME,
                    PluginKeys.ID,
                    PluginKeys.ENABLED,
                    PluginKeys.STAGES,
                    PluginKeys.ON_ERROR,
                    PluginKeys.TIMEOUT,
                    PROGRAM,
                    CONFIG),
            OwnPluginSection::plugin);

    private OwnPluginSection() {}

    private static Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("pattern", "^[a-z0-9][a-z0-9._-]{0,199}$");
        schema.put(
                "not",
                Map.of(
                        "enum",
                        List.of(
                                "word-filter",
                                "pii-redaction",
                                "limits",
                                "response-cache",
                                "rate-limit",
                                "budget",
                                "request-logger",
                                "prompt",
                                "headers")));
        return schema;
    }

    /** The factory of that name; empty if no jar brings one. */
    static Optional<PluginFactory> factory(String name) {
        return ServiceLoader.load(PluginFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals(name))
                .findFirst();
    }

    private static PluginConfig plugin(Values v) {
        String name = v.value(NAME);
        JsonText written = v.get(CONFIG);
        if (v.value(PROGRAM)) {
            if (written != null) {
                v.error(CONFIG, "has no effect: the program makes the plugin", "remove it");
            }
            return PluginKeys.made(v, name, null, new PluginConfig.OfProgram());
        }
        Map<String, Object> config = config(v, written);
        Optional<PluginFactory> factory = factory(name);
        if (factory.isEmpty()) {
            List<String> known = new ArrayList<>(PluginSection.KNOWN.keySet());
            v.error(
                    NAME,
                    "there is no plugin '" + name + "'",
                    DidYouMean.suggest(name, known, "known plugins")
                            + "; for one of your own put its jar on the class path, or write program: true");
        } else if (v.value(PluginKeys.ENABLED)) {
            try {
                factory.get().create(new PluginSettings(v.get(PluginKeys.ID, name), config));
            } catch (IllegalArgumentException unfit) {
                v.error(CONFIG, "plugin '" + name + "' won't have it: " + unfit.getMessage(), null);
            }
        }
        return PluginKeys.made(v, name, null, new PluginConfig.Own(config));
    }

    private static Map<String, Object> config(Values v, @Nullable JsonText written) {
        Map<String, Object> config = new LinkedHashMap<>();
        if (written == null) {
            return config;
        }
        if (!(JsonShape.plain(written) instanceof Map<?, ?> map)) {
            v.error(CONFIG, "must be a set of keys", null);
            return config;
        }
        map.forEach((key, value) -> config.put(String.valueOf(key), text(value)));
        return config;
    }

    /** Single values as text: what they mean, the plugin knows. */
    private static Object text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case List<?> list -> list.stream().map(OwnPluginSection::text).toList();
            case Map<?, ?> map -> {
                Map<String, Object> texts = new LinkedHashMap<>();
                map.forEach((key, one) -> texts.put(String.valueOf(key), text(one)));
                yield texts;
            }
            case Object one -> one.toString();
        };
    }
}

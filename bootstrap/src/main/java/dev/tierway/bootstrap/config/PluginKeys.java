package dev.tierway.bootstrap.config;

import dev.tierway.PluginConfig;
import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.OnError;
import dev.tierway.bootstrap.config.Node.Written;
import dev.tierway.domain.call.PluginStage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every entry of {@code plugins} has. */
final class PluginKeys {
    static final Key<String> ID = Key.optional(
                    "id",
                    Scalars.name("a plugin's id", PluginKeys::label),
                    "Its name in decisions and metrics, where two plugins of a kind must be told apart.")
            .absentMeans("its `name`");
    static final Key<Boolean> ENABLED = Key.optional(
                    "enabled", Scalars.TRUE_OR_FALSE, "`false`: as if it weren't there.")
            .or("true");
    static final Key<List<PluginStage>> STAGES = Key.optional(
                    "stages",
                    new OneOrMany<>(Scalars.choice("stage", List.of(PluginStage.values()), PluginStage::id)),
                    "At which stages of a call it is asked.")
            .absentMeans("all that its kind knows");
    static final Key<OnError> ON_ERROR = Key.optional(
                    "on-error",
                    Scalars.choice("on-error", List.of(OnError.values()), OnError::id),
                    "What becomes of a call if the plugin breaks or takes too long: `deny` it, or `continue` without.")
            .absentMeans("what its kind says");
    static final Key<Duration> TIMEOUT = Key.optional(
                    "timeout", Quantities.DURATION_ABOVE_ZERO, "How long it may take, each time it is asked.")
            .or(AttachedPlugin.PATIENCE.toSeconds() + "s");

    private PluginKeys() {}

    static String label(String text) {
        if (!text.matches("[a-z0-9][a-z0-9._-]{0,199}")) {
            throw new Unfit("is not a name", "use lower-case letters, digits and . _ -");
        }
        return text;
    }

    /** Its {@code name} may be nothing else. */
    static Key<String> name(String name) {
        return Key.required(
                "name",
                new ScalarShape<>("`" + name + "`", Set.of(Written.TEXT), Map.of("const", name), text -> {
                    if (!text.equals(name)) {
                        throw new Unfit("must be " + name, null);
                    }
                    return text;
                }),
                "Says that it is this kind.");
    }

    /** A kind whose {@code config} must be there. */
    static <S> Section<PluginConfig> kind(
            String name,
            String meaning,
            Set<PluginStage> known,
            Shape<S> config,
            Function<S, PluginConfig.Settings> settings) {
        Key<S> key = Key.required("config", config, "What it is to do.");
        return section(name, meaning, known, key, v -> settings.apply(v.value(key)));
    }

    /** A kind that works without {@code config}. */
    static <S> Section<PluginConfig> kind(
            String name,
            String meaning,
            Set<PluginStage> known,
            Shape<S> config,
            Function<S, PluginConfig.Settings> settings,
            PluginConfig.Settings otherwise) {
        Key<S> key = Key.optional("config", config, "What it is to do.");
        return section(name, meaning, known, key, v -> {
            S read = v.get(key);
            return read == null ? otherwise : settings.apply(read);
        });
    }

    private static Section<PluginConfig> section(
            String name,
            String meaning,
            Set<PluginStage> known,
            Key<?> config,
            Function<Values, PluginConfig.Settings> settings) {
        Key<String> nameKey = name(name);
        return Section.of(
                "plugin-" + name,
                meaning,
                List.of(nameKey, ID, ENABLED, STAGES, ON_ERROR, TIMEOUT, config),
                v -> made(v, v.value(nameKey), known, settings.apply(v)));
    }

    static PluginConfig made(Values v, String name, @Nullable Set<PluginStage> known, PluginConfig.Settings settings) {
        Set<PluginStage> stages = Set.copyOf(v.get(STAGES, List.of()));
        for (PluginStage stage : stages) {
            if (known != null && !known.contains(stage)) {
                v.error(
                        STAGES,
                        "'" + name + "' has nothing to do at stage '" + stage.id() + "'",
                        "it knows "
                                + known.stream().map(PluginStage::id).sorted().toList());
            }
        }
        return new PluginConfig(
                name, v.get(ID, name), v.value(ENABLED), stages, v.get(ON_ERROR), v.value(TIMEOUT), settings);
    }
}

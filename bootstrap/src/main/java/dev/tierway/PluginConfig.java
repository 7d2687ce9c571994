package dev.tierway;

import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.limits.LimitRule;
import dev.tierway.application.plugin.OnError;
import dev.tierway.application.plugin.builtin.PiiKind;
import dev.tierway.application.plugin.builtin.PromptInjection;
import dev.tierway.application.plugin.builtin.ResponseCaching;
import dev.tierway.domain.call.PluginStage;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plugin as configured.
 *
 * @param name of its kind
 * @param id in decisions and metrics
 * @param stages at which it is asked; empty: those its kind wants
 * @param onError what becomes of calls if it breaks; null: what its kind says
 * @param timeout after which it counts as broken
 */
public record PluginConfig(
        String name,
        String id,
        boolean enabled,
        Set<PluginStage> stages,
        @Nullable OnError onError,
        Duration timeout,
        Settings settings) {
    public PluginConfig {
        stages = Set.copyOf(stages);
    }

    /** What each kind wants to know. */
    public sealed interface Settings {}

    /** @param answers whether answers are looked at, too */
    public record WordFilter(List<String> blocked, boolean ignoreCase, List<String> patterns, boolean answers)
            implements Settings {}

    /**
     * What is taken out.
     *
     * @param custom patterns by name
     * @param restore whether answers get it back
     */
    public record PiiRedaction(Set<PiiKind> kinds, Map<String, String> custom, boolean restore) implements Settings {
        public PiiRedaction {
            custom = Collections.unmodifiableMap(new LinkedHashMap<>(custom));
        }
    }

    /** @param cap cut down to the limits, else deny */
    public record Limits(@Nullable Long maxTokens, @Nullable Integer maxMessages, boolean cap) implements Settings {}

    /**
     * Where answers are kept.
     *
     * @param redis null: in this process
     * @param maxBytes of all in this process
     */
    public record ResponseCache(@Nullable RedisOptions redis, long maxBytes, ResponseCaching.Rules rules)
            implements Settings {}

    /** A limit of those who call: the same as a rule of {@code budgets}, where it is counted. */
    public record Limit(LimitRule rule) implements Settings {}

    public record RequestLogger(boolean texts, int mostCharacters) implements Settings {}

    public record Prompt(String text, PromptInjection.How how) implements Settings {}

    /** Their values may be secrets. */
    public record Headers(Map<String, Secret> headers) implements Settings {
        public Headers {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }
    }

    /**
     * Of a kind that a jar on the class path brings.
     *
     * @param config for it alone to understand
     */
    public record Own(Map<String, Object> config) implements Settings {
        public Own {
            config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        }
    }

    /** A plugin that a Java program gives to the builder; here is said how it takes part. */
    public record OfProgram() implements Settings {}
}

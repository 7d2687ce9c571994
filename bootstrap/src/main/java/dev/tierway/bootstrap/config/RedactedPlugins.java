package dev.tierway.bootstrap.config;

import dev.tierway.EventsConfig;
import dev.tierway.PluginConfig;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.providers.webhook.WebhookOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code plugins} and {@code events} for people. Headers, and settings of plugins of somebody's own, may hold secrets: of
 * them the names are shown.
 */
final class RedactedPlugins {
    private RedactedPlugins() {}

    static @Nullable List<Map<String, Object>> of(List<PluginConfig> plugins) {
        return plugins.isEmpty()
                ? null
                : plugins.stream().map(RedactedPlugins::plugin).toList();
    }

    private static Map<String, Object> plugin(PluginConfig plugin) {
        return new Shown()
                .put("name", plugin.name())
                .put(PluginKeys.ID, plugin.id())
                .put(PluginKeys.ENABLED, plugin.enabled())
                .put(
                        PluginKeys.STAGES,
                        plugin.stages().isEmpty()
                                ? null
                                : plugin.stages().stream()
                                        .sorted()
                                        .map(stage -> stage.id())
                                        .toList())
                .put(
                        PluginKeys.ON_ERROR,
                        plugin.onError() == null ? null : plugin.onError().id())
                .put(PluginKeys.TIMEOUT, plugin.timeout())
                .put(OwnPluginSection.PROGRAM, plugin.settings() instanceof PluginConfig.OfProgram ? true : null)
                .put("config", settings(plugin.settings()))
                .map();
    }

    private static @Nullable Object settings(PluginConfig.Settings settings) {
        return switch (settings) {
            case PluginConfig.WordFilter words ->
                new Shown()
                        .put(PluginSection.BLOCKED, words.blocked().isEmpty() ? null : words.blocked())
                        .put(PluginSection.PATTERNS, words.patterns().isEmpty() ? null : words.patterns())
                        .put(PluginSection.MATCH_CASE, !words.ignoreCase())
                        .put(PluginSection.ANSWERS, words.answers())
                        .map();
            case PluginConfig.PiiRedaction pii ->
                new Shown()
                        .put(
                                PluginSection.KINDS,
                                pii.kinds().stream()
                                        .sorted()
                                        .map(kind -> kind.id())
                                        .toList())
                        .put(PluginSection.CUSTOM, pii.custom().isEmpty() ? null : pii.custom())
                        .put(PluginSection.RESTORE, pii.restore())
                        .map();
            case PluginConfig.Limits limits ->
                new Shown()
                        .put(PluginSection.MAX_TOKENS, limits.maxTokens())
                        .put(PluginSection.MAX_MESSAGES, limits.maxMessages())
                        .put(PluginSection.CAP, limits.cap() ? "cap" : "deny")
                        .map();
            case PluginConfig.ResponseCache cache -> cache(cache);
            // It is shown where it is counted.
            case PluginConfig.Limit limit -> null;
            case PluginConfig.RequestLogger logger ->
                new Shown()
                        .put(PluginSection.TEXTS, logger.texts())
                        .put(PluginSection.MOST_CHARACTERS, logger.mostCharacters())
                        .map();
            case PluginConfig.Prompt prompt ->
                new Shown()
                        .put(PluginSection.PROMPT_TEXT, prompt.text())
                        .put(PluginSection.HOW, prompt.how().id())
                        .map();
            case PluginConfig.Headers headers -> List.copyOf(headers.headers().keySet());
            case PluginConfig.Own own -> List.copyOf(own.config().keySet());
            case PluginConfig.OfProgram program -> null;
        };
    }

    private static Map<String, Object> cache(PluginConfig.ResponseCache cache) {
        RedisOptions redis = cache.redis();
        return new Shown()
                .put(CacheSection.SHARED, redis == null ? "memory" : "redis")
                .put("server", redis == null ? null : redis.where())
                .put(CacheSection.TTL, cache.rules().ttl())
                .put(CacheSection.MAX_SIZE, redis == null ? size(cache.maxBytes()) : null)
                .put(CacheSection.MAX_ANSWER, size(cache.rules().largest()))
                .put(CacheSection.ANY_TEMPERATURE, cache.rules().anyTemperature())
                .put(CacheSection.TOOLS, cache.rules().tools())
                .map();
    }

    private static String size(long bytes) {
        return (bytes >> 10) + "KiB";
    }

    static @Nullable Map<String, Object> of(EventsConfig events) {
        return events.webhooks().isEmpty()
                ? null
                : new Shown()
                        .put(EventsSection.WEBHOOKS, events.webhooks(), RedactedPlugins::webhook)
                        .map();
    }

    private static Map<String, Object> webhook(WebhookOptions webhook) {
        return new Shown()
                .put(EventsSection.ID, webhook.id())
                .put(EventsSection.URL, webhook.url())
                .put(EventsSection.INSECURE, BaseUrl.isOpenToEavesdroppers(webhook.url()))
                .put(
                        EventsSection.TYPES,
                        webhook.types().stream().sorted().map(type -> type.id()).toList())
                .put(EventsSection.TIMEOUT, webhook.timeout())
                .put(EventsSection.RETRIES, webhook.retries())
                .put(EventsSection.QUEUE, webhook.queue())
                .map();
    }
}

package dev.tierway.bootstrap.wiring;

import dev.tierway.PluginConfig;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.cache.MemoryResponseCache;
import dev.tierway.adapter.persistence.redis.RedisLink;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.persistence.redis.RedisResponseCache;
import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.Plugin;
import dev.tierway.application.plugin.PluginFactory;
import dev.tierway.application.plugin.PluginSettings;
import dev.tierway.application.plugin.Plugins;
import dev.tierway.application.plugin.builtin.HeaderInjection;
import dev.tierway.application.plugin.builtin.PiiRedaction;
import dev.tierway.application.plugin.builtin.PromptInjection;
import dev.tierway.application.plugin.builtin.RequestLimits;
import dev.tierway.application.plugin.builtin.RequestLogger;
import dev.tierway.application.plugin.builtin.ResponseCaching;
import dev.tierway.application.plugin.builtin.SpanFinder;
import dev.tierway.application.plugin.builtin.WordFilter;
import dev.tierway.application.plugin.builtin.WordList;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.ResponseCache;
import dev.tierway.bootstrap.config.Re2Spans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Makes the plugins that the configuration names, in its order; then come those the program gives, in theirs. */
public final class PluginAssembly implements AutoCloseable {
    private static final Logger REQUESTS = LoggerFactory.getLogger("tierway.requests");

    private final MonotonicClock clock;
    private final Plugins plugins;
    private final List<ResponseCache> caches = new ArrayList<>();

    /** @throws IllegalArgumentException if the configuration names one that nobody brings */
    PluginAssembly(List<PluginConfig> configured, List<Plugin> given, MonotonicClock clock) {
        this.clock = clock;
        List<Plugin> left = new ArrayList<>(given);
        List<AttachedPlugin> all = new ArrayList<>();
        for (PluginConfig config : configured) {
            Plugin plugin = plugin(config, left);
            if (config.enabled() && plugin != null) {
                all.add(new AttachedPlugin(
                        config.id(),
                        plugin,
                        config.stages().isEmpty() ? plugin.stages() : config.stages(),
                        config.onError() == null ? plugin.onError() : config.onError(),
                        config.timeout()));
            }
        }
        left.forEach(plugin -> all.add(AttachedPlugin.of(plugin)));
        this.plugins = new Plugins(all);
    }

    Plugins plugins() {
        return plugins;
    }

    /** Null if there is nothing to attach: it is off, or counted elsewhere. */
    private @Nullable Plugin plugin(PluginConfig config, List<Plugin> given) {
        if (config.settings() instanceof PluginConfig.OfProgram) {
            return ofProgram(config, given);
        }
        return config.enabled() ? made(config) : null;
    }

    private @Nullable Plugin made(PluginConfig config) {
        return switch (config.settings()) {
            case PluginConfig.WordFilter(
                    List<String> blocked,
                    boolean ignoreCase,
                    List<String> patterns,
                    boolean answers) ->
                new WordFilter(
                        new WordList(blocked, ignoreCase),
                        patterns.stream().map(Re2Spans::of).toList(),
                        answers);
            case PluginConfig.PiiRedaction(var kinds, Map<String, String> custom, boolean restore) -> {
                Map<String, SpanFinder> finders = new LinkedHashMap<>();
                custom.forEach((name, pattern) -> finders.put(name, Re2Spans.of(pattern)));
                yield new PiiRedaction(kinds, finders, Re2Spans::of, restore);
            }
            case PluginConfig.Limits(Long tokens, Integer messages, boolean cap) ->
                new RequestLimits(tokens, messages, cap);
            case PluginConfig.ResponseCache(RedisOptions redis, long maxBytes, var rules) ->
                new ResponseCaching(cache(redis, maxBytes), rules);
            case PluginConfig.Limit limit -> null;
            case PluginConfig.RequestLogger(boolean texts, int most) ->
                new RequestLogger(PluginAssembly::write, Re2Spans::of, texts, most);
            case PluginConfig.Prompt(String text, var how) -> new PromptInjection(text, how);
            case PluginConfig.Headers(var headers) -> {
                Map<String, String> values = new LinkedHashMap<>();
                headers.forEach((name, value) -> values.put(name, value.reveal()));
                yield new HeaderInjection(values);
            }
            case PluginConfig.Own(Map<String, Object> settings) ->
                factory(config.name()).create(new PluginSettings(config.id(), settings));
            case PluginConfig.OfProgram program -> null;
        };
    }

    private static Plugin ofProgram(PluginConfig config, List<Plugin> given) {
        Plugin plugin = given.stream()
                .filter(one -> one.name().equals(config.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("plugins names '" + config.name()
                        + "' with program: true, but the builder was given no plugin of that name"));
        given.remove(plugin);
        return plugin;
    }

    private static PluginFactory factory(String name) {
        return ServiceLoader.load(PluginFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no jar on the class path brings a plugin '" + name + "'"));
    }

    private ResponseCache cache(@Nullable RedisOptions redis, long maxBytes) {
        ResponseCache cache = redis == null ? new MemoryResponseCache(maxBytes, clock) : remote(redis);
        caches.add(cache);
        return cache;
    }

    private static ResponseCache remote(RedisOptions redis) {
        try {
            return new RedisResponseCache(RedisLink.open(redis));
        } catch (NoClassDefFoundError missing) {
            throw new StoreException(
                    "response-cache with store redis needs io.lettuce:lettuce-core on the class path", missing);
        }
    }

    private static void write(String message, Map<String, Object> facts) {
        LoggingEventBuilder line = REQUESTS.atInfo();
        facts.forEach((name, value) -> line.addKeyValue(name, value));
        line.log(message);
    }

    @Override
    public void close() {
        caches.forEach(ResponseCache::close);
    }
}

package dev.tierway.bootstrap.wiring;

import dev.tierway.GatewayConfig;
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
import dev.tierway.bootstrap.reload.Reloadable;
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
public final class PluginAssembly implements Reloadable, AutoCloseable {
    private static final Logger REQUESTS = LoggerFactory.getLogger("tierway.requests");

    private final MonotonicClock clock;
    private final List<Plugin> given;
    private final Plugins plugins;
    private volatile Assembled assembled;

    /**
     * Plugins with what they were made of.
     *
     * @param caches that they use
     */
    private record Assembled(
            Map<PluginConfig, AttachedPlugin> configured,
            List<AttachedPlugin> all,
            Map<PluginConfig, ResponseCache> caches) {}

    /** @throws IllegalArgumentException if the configuration names one that nobody brings */
    PluginAssembly(List<PluginConfig> configured, List<Plugin> given, MonotonicClock clock) {
        this.clock = clock;
        this.given = List.copyOf(given);
        this.assembled = assemble(configured, new Assembled(Map.of(), List.of(), Map.of()));
        this.plugins = new Plugins(assembled.all());
    }

    /** What is configured as before stays what it is: a cache keeps its answers. */
    private Assembled assemble(List<PluginConfig> configured, Assembled before) {
        List<Plugin> left = new ArrayList<>(given);
        Assembled made = new Assembled(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>());
        for (PluginConfig config : configured) {
            AttachedPlugin known = before.configured().get(config);
            ResponseCache cache = before.caches().get(config);
            if (known != null && !(config.settings() instanceof PluginConfig.OfProgram)) {
                if (cache != null) {
                    made.caches().put(config, cache);
                }
            } else {
                known = attached(config, left, made.caches());
            }
            if (known != null) {
                made.configured().put(config, known);
                made.all().add(known);
            }
        }
        left.forEach(plugin -> made.all().add(AttachedPlugin.of(plugin)));
        return made;
    }

    private @Nullable AttachedPlugin attached(
            PluginConfig config, List<Plugin> left, Map<PluginConfig, ResponseCache> caches) {
        Plugin plugin = plugin(config, left, caches);
        if (!config.enabled() || plugin == null) {
            return null;
        }
        return new AttachedPlugin(
                config.id(),
                plugin,
                config.stages().isEmpty() ? plugin.stages() : config.stages(),
                config.onError() == null ? plugin.onError() : config.onError(),
                config.timeout());
    }

    Plugins plugins() {
        return plugins;
    }

    @Override
    public Change prepare(GatewayConfig now, GatewayConfig next) {
        if (now.plugins().equals(next.plugins())) {
            return Change.NONE;
        }
        Assembled before = assembled;
        Assembled fresh = assemble(next.plugins(), before);
        return new Change() {
            @Override
            public void commit() {
                assembled = fresh;
                plugins.replace(before.all(), fresh.all());
            }

            @Override
            public void afterwards() {
                closeAll(before, fresh);
            }

            @Override
            public void discard() {
                closeAll(fresh, before);
            }
        };
    }

    /** Caches of one that the other doesn't use. */
    private static void closeAll(Assembled these, Assembled but) {
        these.caches().values().stream()
                .filter(cache -> !but.caches().containsValue(cache))
                .forEach(ResponseCache::close);
    }

    /** Null if there is nothing to attach: it is off, or counted elsewhere. */
    private @Nullable Plugin plugin(PluginConfig config, List<Plugin> left, Map<PluginConfig, ResponseCache> caches) {
        if (config.settings() instanceof PluginConfig.OfProgram) {
            return ofProgram(config, left);
        }
        return config.enabled() ? made(config, caches) : null;
    }

    private @Nullable Plugin made(PluginConfig config, Map<PluginConfig, ResponseCache> caches) {
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
            case PluginConfig.ResponseCache(RedisOptions redis, long maxBytes, var rules) -> {
                ResponseCache cache = redis == null ? new MemoryResponseCache(maxBytes, clock) : remote(redis);
                caches.put(config, cache);
                yield new ResponseCaching(cache, rules);
            }
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
        for (Map.Entry<String, Object> fact : facts.entrySet()) {
            line = line.addKeyValue(fact.getKey(), fact.getValue());
        }
        line.log(message);
    }

    @Override
    public void close() {
        assembled.caches().values().forEach(ResponseCache::close);
    }
}

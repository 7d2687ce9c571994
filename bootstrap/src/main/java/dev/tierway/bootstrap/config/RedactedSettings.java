package dev.tierway.bootstrap.config;

import dev.tierway.CircuitConfig;
import dev.tierway.ProbeConfig;
import dev.tierway.ServerConfig;
import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.quota.Limit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of {@link RedactedConfig} that hold nothing secret by their nature. */
final class RedactedSettings {
    private RedactedSettings() {}

    static Map<String, Object> limits(List<Limit> limits) {
        Shown shown = new Shown();
        limits.forEach(limit -> shown.put(LimitKeys.nameOf(limit), limit.amount()));
        return shown.map();
    }

    static @Nullable Map<String, Object> price(@Nullable Price price) {
        if (price == null) {
            return null;
        }
        return new Shown()
                .put(PriceSection.INPUT, Shown.usdPerMillion(price.input()))
                .put(PriceSection.OUTPUT, Shown.usdPerMillion(price.output()))
                .put(PriceSection.CACHED_INPUT, usd(price.cachedInput()))
                .put(PriceSection.CACHE_WRITE, usd(price.cacheWrite()))
                .put(PriceSection.CACHE_WRITE_HOUR, usd(price.cacheWriteHour()))
                .put(PriceSection.REASONING, usd(price.reasoning()))
                .put(PriceSection.AUDIO_INPUT, usd(price.audioInput()))
                .put(PriceSection.AUDIO_OUTPUT, usd(price.audioOutput()))
                .put(PriceSection.IMAGE_INPUT, usd(price.imageInput()))
                .put(PriceSection.IMAGE_OUTPUT, usd(price.imageOutput()))
                .put(PriceSection.LONG_PROMPT, longPrompt(price.longPrompt()))
                .put(PriceSection.LIST, price.version())
                .map();
    }

    private static @Nullable Map<String, Object> longPrompt(Price.@Nullable LongPrompt step) {
        return step == null
                ? null
                : new Shown()
                        .put(PriceSection.ABOVE, step.above())
                        .putAll(Objects.requireNonNull(price(step.price())))
                        .map();
    }

    private static @Nullable BigDecimal usd(@Nullable Long picoPerToken) {
        return picoPerToken == null ? null : Shown.usdPerMillion(picoPerToken);
    }

    static Map<String, Object> timeouts(Timeouts.Override timeouts) {
        return new Shown()
                .put(TimeoutsSection.CONNECT, timeouts.connect())
                .put(TimeoutsSection.FIRST_TOKEN, timeouts.firstToken())
                .put(TimeoutsSection.FIRST_TOKEN_PER_1K_INPUT, timeouts.firstTokenPer1kInput())
                .put(TimeoutsSection.IDLE, timeouts.idle())
                .put(TimeoutsSection.UNARY, timeouts.unary())
                .put(TimeoutsSection.UNARY_PATIENCE, timeouts.unaryPatience())
                .put(TimeoutsSection.SPILL, timeouts.spill())
                .put(TimeoutsSection.TOTAL, timeouts.total())
                .map();
    }

    static Map<String, Object> circuit(CircuitConfig circuit) {
        return new Shown()
                .put(CircuitSection.FAILURES, circuit.failures())
                .put(CircuitSection.SUCCESS_RATE, circuit.successRate())
                .put(CircuitSection.WINDOW, circuit.window())
                .put(CircuitSection.MINIMUM, circuit.minimum())
                .put(CircuitSection.OPEN, circuit.open())
                .put(CircuitSection.MAX_OPEN, circuit.maxOpen())
                .put(CircuitSection.PROBES_TO_CLOSE, circuit.probesToClose())
                .put(CircuitSection.RAMP, circuit.ramp())
                .put(CircuitSection.RAMP_START, circuit.rampStart())
                .put(CircuitSection.FORGET, circuit.forget())
                .put(CircuitSection.JITTER, circuit.jitter())
                .map();
    }

    static Map<String, Object> retry(RetrySettings.Override retry) {
        return new Shown()
                .put(RetrySection.BUDGET, retry.budgetShare())
                .put(RetrySection.MINIMUM, retry.budgetMinimum())
                .put(RetrySection.REPEAT, retry.repeat())
                .put(RetrySection.MAX_REST, retry.maxRest())
                .map();
    }

    /** As the file writes it; null if it doesn't. */
    static @Nullable Object probe(ProbeConfig probe) {
        if (probe.on() == null || !probe.on()) {
            return probe.on() == null ? null : "off";
        }
        Map<String, Object> how = new Shown()
                .put(ProbeSection.PATH, probe.path())
                .put(ProbeSection.INTERVAL, probe.interval())
                .put(ProbeSection.TIMEOUT, probe.timeout())
                .map();
        return how.isEmpty() ? "on" : how;
    }

    static Map<String, Object> storage(StorageConfig storage) {
        RedisOptions redis = storage.redis();
        return new Shown()
                .put(
                        StorageSection.LEDGER,
                        new Shown()
                                .put(
                                        StorageSection.LEDGER_STORE,
                                        storage.ledger().id())
                                .put(StorageSection.LEDGER_PATH, storage.ledgerPath())
                                .putAll(server(
                                        StorageSection.LEDGER_URL,
                                        StorageSection.LEDGER_SERVER,
                                        storage.ledgerServer()))
                                .put(
                                        StorageSection.RETENTION,
                                        new Shown()
                                                .put(
                                                        StorageSection.ROWS,
                                                        storage.ledgerKept().rows())
                                                .put(
                                                        StorageSection.AGE,
                                                        storage.ledgerKept().age())
                                                .map())
                                .map())
                .put(
                        StorageSection.QUOTA,
                        new Shown()
                                .put(StorageSection.QUOTA_STORE, storage.quota().id())
                                .putAll(server(
                                        StorageSection.QUOTA_URL,
                                        StorageSection.QUOTA_SERVER,
                                        Objects.equals(storage.quotaServer(), storage.ledgerServer())
                                                ? null
                                                : storage.quotaServer()))
                                .put(StorageSection.QUOTA_TIMEOUT, answer(storage))
                                .put(StorageSection.QUOTA_KEY_PREFIX, redis == null ? null : redis.keyPrefix())
                                .put(StorageSection.SHARES, SharesSection.shown(storage.shares()))
                                .map())
                .map();
    }

    private static @Nullable Duration answer(StorageConfig storage) {
        RedisOptions redis = storage.redis();
        StorageConfig.Server server = storage.quotaServer();
        return redis != null ? redis.timeout() : server == null ? null : server.timeout();
    }

    private static Map<String, Object> server(Key<?> url, PostgresKeys keys, StorageConfig.@Nullable Server server) {
        return server == null
                ? Map.of()
                : new Shown()
                        .put(url, server.url())
                        .put(keys.user, server.user())
                        .put(keys.poolSize, server.poolSize())
                        .map();
    }

    static Map<String, Object> server(ServerConfig server) {
        ServerConfig.Limits limits = server.limits();
        return new Shown()
                .put(ServerSection.BIND, server.bind())
                .put(ServerSection.PORT, server.port())
                .put(ServerSection.TLS, TlsSection.shown(server.tls()))
                .put(ServerSection.ADMIN, AdminSection.shown(server.admin()))
                .put(ServerSection.METRICS, metrics(server.metrics()))
                .put(
                        ServerSection.LIMITS,
                        new Shown()
                                .put(ServerSection.MAX_BODY, (limits.bodyBytes() >> 10) + "KiB")
                                .put(ServerSection.MAX_HEADERS, (limits.headerBytes() >> 10) + "KiB")
                                .put(ServerSection.MAX_URI, (limits.uriBytes() >> 10) + "KiB")
                                .put(ServerSection.MAX_CONNECTIONS, limits.connections())
                                .put(ServerSection.BODY_TIMEOUT, limits.bodyTimeout())
                                .put(ServerSection.IDLE_TIMEOUT, limits.idleTimeout())
                                .put(ServerSection.KEEP_ALIVE, limits.keepAlive())
                                .put(ServerSection.STALLED, limits.stalled())
                                .map())
                .put(
                        ServerSection.RELOAD,
                        new Shown()
                                .put(ServerSection.WATCH, server.reload().watch() ? "on" : "off")
                                .put(ServerSection.WATCH_EVERY, server.reload().every())
                                .map())
                .map();
    }

    private static @Nullable Map<String, Object> metrics(ServerConfig.@Nullable Metrics metrics) {
        return metrics == null
                ? null
                : new Shown()
                        .put(ServerSection.METRICS_BIND, metrics.bind())
                        .put(ServerSection.METRICS_PORT, metrics.port())
                        .map();
    }

    static @Nullable Map<String, Object> simulated(@Nullable SimulatedScript simulated) {
        return simulated == null ? null : SimulatedSection.shown(simulated);
    }
}

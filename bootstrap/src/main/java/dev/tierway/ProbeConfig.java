package dev.tierway;

import dev.tierway.adapter.providers.ProbeSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of how its servers are looked at; null leaves what stands in {@code routing.probes}.
 *
 * @param on whether they are looked at; null: if the provider is local and {@code routing.probes} says so
 * @param path what to get; null: the kind's own
 */
public record ProbeConfig(
        @Nullable Boolean on,
        @Nullable String path,
        @Nullable Duration interval,
        @Nullable Duration timeout) {
    public static final ProbeConfig UNSAID = new ProbeConfig(null, null, null, null);

    public boolean on(ProbesConfig standing, boolean local) {
        return on == null ? local && standing.local() : on;
    }

    public Duration interval(ProbesConfig standing) {
        return interval == null ? standing.interval() : interval;
    }

    public Duration timeout(ProbesConfig standing) {
        return timeout == null ? standing.timeout() : timeout;
    }

    /** @throws IllegalArgumentException if nothing could be got there */
    public ProbeSettings settings(ProbesConfig standing) {
        return new ProbeSettings(path, timeout(standing));
    }
}

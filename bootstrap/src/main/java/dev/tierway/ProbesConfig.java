package dev.tierway;

import java.time.Duration;

/**
 * How servers are looked at beside their calls, unless a provider says otherwise.
 *
 * @param local whether local ones are; remote ones are only if their provider says so
 * @param interval from one look to the next
 * @param timeout of one
 */
public record ProbesConfig(boolean local, Duration interval, Duration timeout) {
    public static final ProbesConfig DEFAULTS = new ProbesConfig(true, Duration.ofSeconds(10), Duration.ofSeconds(2));
}

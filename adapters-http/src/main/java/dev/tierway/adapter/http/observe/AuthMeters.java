package dev.tierway.adapter.http.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/** Counts requests that were refused for want of a key, or of a right. */
public final class AuthMeters implements Consumer<String> {
    private final MeterRegistry registry;

    public AuthMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param reason one of a few */
    @Override
    public void accept(String reason) {
        Counter.builder("tierway.auth.failures")
                .description("Requests refused for want of an API key, or of a right it should have.")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }
}

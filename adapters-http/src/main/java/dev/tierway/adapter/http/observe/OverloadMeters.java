package dev.tierway.adapter.http.observe;

import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.queue.QueuePriority;
import dev.tierway.application.queue.ShedReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Counts and times what waits for a slot, and what is refused because there is too much. */
public final class OverloadMeters implements RoutingListener {
    private static final Duration[] WAIT_BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final MeterFamily<Timer> waits;
    private final MeterFamily<Counter> shed;

    public OverloadMeters(MeterRegistry registry) {
        waits = new MeterFamily<>(
                List.of("priority"),
                tags -> Timer.builder("tierway.queue.wait")
                        .description("How long calls waited that then got a slot.")
                        .serviceLevelObjectives(WAIT_BUCKETS)
                        .tags(tags)
                        .register(registry));
        shed = new MeterFamily<>(
                List.of("priority", "reason"),
                tags -> Counter.builder("tierway.shed.calls")
                        .description("Calls refused because there are too many.")
                        .tags(tags)
                        .register(registry));
    }

    /** @param depths calls that wait, by priority in the enumeration's order; must be kept by somebody else */
    public static void register(MeterRegistry registry, Supplier<List<Integer>> depths) {
        for (QueuePriority priority : QueuePriority.values()) {
            Gauge.builder("tierway.queue.depth", depths, all -> all.get().get(priority.ordinal()))
                    .description("Calls that wait for a slot.")
                    .tag("priority", priority.id())
                    .strongReference(true)
                    .register(registry);
        }
    }

    @Override
    public void waited(QueuePriority priority, long nanos) {
        waits.of(priority.id()).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shed(QueuePriority priority, ShedReason why) {
        shed.of(priority.id(), why.id()).increment();
    }
}

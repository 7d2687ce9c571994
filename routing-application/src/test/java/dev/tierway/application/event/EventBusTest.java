package dev.tierway.application.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventBusTest {
    private final BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
    private final EventBus bus = new EventBus((name, thrown) -> broken.add(thrown));
    private final BlockingQueue<GatewayEvent> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        bus.close();
    }

    private static GatewayEvent event(int n) {
        return new GatewayEvent("evt_" + n, EventType.REQUEST_COMPLETED, 0, Map.of("n", n));
    }

    private GatewayEvent next() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void subscribers_hear_in_order_what_they_want() throws InterruptedException {
        bus.subscribe("all", heard::add);
        bus.subscribe("none", Set.of(EventType.CIRCUIT_OPENED), 1, event -> broken.add(new AssertionError(event)));
        for (int n = 0; n < 100; n++) {
            bus.publish(event(n));
        }
        for (int n = 0; n < 100; n++) {
            assertThat(next()).isEqualTo(event(n));
        }
        assertThat(broken).isEmpty();
        assertThat(bus.wanted(EventType.BUDGET_WARNING)).isTrue();
    }

    @Test
    void one_that_throws_is_told_of_and_hears_on() throws InterruptedException {
        bus.subscribe("odd", event -> {
            if (event.equals(event(0))) {
                throw new IllegalStateException("odd");
            }
            heard.add(event);
        });
        bus.publish(event(0));
        bus.publish(event(1));

        assertThat(next()).isEqualTo(event(1));
        assertThat(broken.poll(20, TimeUnit.SECONDS)).hasMessage("odd");
    }

    @Test
    void one_that_is_slow_misses_some_and_holds_up_nobody() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        EventBus.Subscription slow = bus.subscribe("slow", Set.of(EventType.values()), 2, event -> {
            begun.countDown();
            go.await();
        });
        bus.subscribe("fast", heard::add);
        bus.publish(event(0));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        for (int n = 1; n <= 10; n++) {
            bus.publish(event(n));
        }
        for (int n = 0; n <= 10; n++) {
            assertThat(next()).isEqualTo(event(n));
        }

        assertThat(slow.dropped()).isEqualTo(8);
        assertThat(bus.counts()).containsEntry("dropped", 8L);
        go.countDown();
    }

    @Test
    void one_that_left_hears_nothing_and_without_any_nothing_is_wanted() {
        EventBus.Subscription subscription = bus.subscribe("gone", heard::add);
        subscription.close();
        bus.publish(event(1));

        assertThat(bus.wanted(EventType.REQUEST_COMPLETED)).isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void closing_with_patience_lets_everybody_hear_the_last_ones() {
        List<GatewayEvent> slowly = new ArrayList<>();
        bus.subscribe("slow", event -> {
            Thread.yield();
            slowly.add(event);
        });
        for (int n = 0; n < 500; n++) {
            bus.publish(event(n));
        }
        bus.close(Duration.ofSeconds(20));

        assertThat(slowly).hasSize(500);
        assertThat(broken).isEmpty();
    }
}

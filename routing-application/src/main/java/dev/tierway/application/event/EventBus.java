package dev.tierway.application.event;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Hands events to subscribers. Publishing never waits: each subscriber has a queue of its own, and what finds it full is
 * dropped and counted.
 */
public final class EventBus implements AutoCloseable {
    /** Events that wait for one subscriber at most. */
    public static final int ROOM = 1000;

    private final List<Seat> seats = new CopyOnWriteArrayList<>();
    private final LongAdder published = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final BiConsumer<String, Throwable> broken;

    /** @param broken hears of what subscribers throw, with their name */
    public EventBus(BiConsumer<String, Throwable> broken) {
        this.broken = broken;
    }

    /** A place in the audience. */
    public interface Subscription extends AutoCloseable {
        /** Events it missed because it was too slow. */
        long dropped();

        /** Hears nothing more; what waits for it is thrown away. */
        @Override
        void close();
    }

    /** Hears of all events from now on. */
    public Subscription subscribe(String name, EventSubscriber subscriber) {
        return subscribe(name, Set.of(EventType.values()), ROOM, subscriber);
    }

    /**
     * Hears of some events from now on.
     *
     * @param name for logs
     * @param room how many may wait for it
     */
    public Subscription subscribe(String name, Set<EventType> types, int room, EventSubscriber subscriber) {
        Seat seat = new Seat(name, Set.copyOf(types), room, subscriber);
        seats.add(seat);
        seat.thread = Thread.ofVirtual().name("tierway-events-" + name).start(seat);
        return seat;
    }

    /** Whether anybody would hear it: else it needn't be made. */
    public boolean wanted(EventType type) {
        for (Seat seat : seats) {
            if (seat.types.contains(type)) {
                return true;
            }
        }
        return false;
    }

    /** Never waits. */
    public void publish(GatewayEvent event) {
        published.increment();
        for (Seat seat : seats) {
            seat.offer(event);
        }
    }

    /** Events so far, and those that some subscriber missed. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("published", published.sum());
        counts.put("dropped", dropped.sum());
        return counts;
    }

    /** Ends, after those who still have something to hear had that long to hear it. */
    public void close(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (Seat seat : seats) {
            seat.finish(end);
        }
        close();
    }

    @Override
    public void close() {
        seats.forEach(Seat::close);
    }

    private final class Seat implements Subscription, Runnable {
        private final String name;
        private final Set<EventType> types;
        private final BlockingQueue<GatewayEvent> waiting;
        private final EventSubscriber subscriber;
        private final AtomicInteger unheard = new AtomicInteger();
        private final LongAdder missed = new LongAdder();
        private volatile Thread thread = Thread.currentThread();
        private volatile boolean closed;

        Seat(String name, Set<EventType> types, int room, EventSubscriber subscriber) {
            this.name = name;
            this.types = types;
            this.waiting = new ArrayBlockingQueue<>(room);
            this.subscriber = subscriber;
        }

        void offer(GatewayEvent event) {
            if (closed || !types.contains(event.type())) {
                return;
            }
            unheard.incrementAndGet();
            if (!waiting.offer(event)) {
                unheard.decrementAndGet();
                missed.increment();
                dropped.increment();
            }
        }

        /** Waits until it has heard what waits for it now. */
        void finish(long untilNanos) {
            while (unheard.get() > 0 && System.nanoTime() - untilNanos < 0 && !Thread.interrupted()) {
                LockSupport.parkNanos(1_000_000);
            }
            if (unheard.get() > 0) {
                broken.accept(name, new TimeoutException(unheard.get() + " events weren't heard before the end"));
            }
        }

        @Override
        public void run() {
            while (!closed) {
                try {
                    GatewayEvent next = waiting.take();
                    try {
                        subscriber.on(next);
                    } finally {
                        unheard.decrementAndGet();
                    }
                } catch (InterruptedException stopped) {
                    // Closed, or a subscriber that was interrupted by somebody else: the flag tells which.
                } catch (Exception | LinkageError | AssertionError | StackOverflowError thrown) {
                    broken.accept(name, thrown);
                }
            }
        }

        @Override
        public long dropped() {
            return missed.sum();
        }

        @Override
        public void close() {
            closed = true;
            seats.remove(this);
            if (thread != Thread.currentThread()) {
                thread.interrupt();
            }
        }
    }
}

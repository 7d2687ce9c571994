package dev.tierway.adapter.providers.simulated;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;

/** Counts what a server sees, remembers its last requests, and wakes those who wait for a count. */
final class ServerTally {
    private static final int RECORDED = 64;
    private static final int RECORDED_BYTES = 16 << 20;

    private final Map<SimulatedFault, Map<Stage, Long>> faults = new EnumMap<>(SimulatedFault.class);
    private final Deque<RecordedRequest> recorded = new ArrayDeque<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private long recordedBytes;
    private long connections;
    private long requests;
    private long completed;
    private long aborted;
    private long dropped;
    private long inputTokens;
    private long outputTokens;

    synchronized void connection() {
        connections++;
    }

    void request() {
        synchronized (this) {
            requests++;
        }
        wake();
    }

    void arrived(RecordedRequest request) {
        synchronized (this) {
            recorded.add(request);
            recordedBytes += request.body().length;
            while (recorded.size() > RECORDED || (recorded.size() > 1 && recordedBytes > RECORDED_BYTES)) {
                recordedBytes -= recorded.remove().body().length;
            }
        }
    }

    void completed() {
        synchronized (this) {
            completed++;
        }
        wake();
    }

    void aborted() {
        synchronized (this) {
            aborted++;
        }
        wake();
    }

    synchronized void dropped() {
        dropped++;
    }

    synchronized void input(long tokens) {
        inputTokens += tokens;
    }

    synchronized void output(long tokens) {
        outputTokens += tokens;
    }

    synchronized void fault(ScriptedFault fault) {
        faults.computeIfAbsent(fault.fault(), f -> new EnumMap<>(Stage.class)).merge(fault.stage(), 1L, Long::sum);
    }

    synchronized ServerCounts counts() {
        Map<SimulatedFault, Map<Stage, Long>> copy = new EnumMap<>(SimulatedFault.class);
        faults.forEach((fault, stages) -> copy.put(fault, Map.copyOf(stages)));
        return new ServerCounts(connections, requests, completed, aborted, dropped, inputTokens, outputTokens, copy);
    }

    synchronized List<RecordedRequest> recorded() {
        return List.copyOf(recorded);
    }

    /** Completes once that count has reached n. */
    CompletableFuture<ServerCounts> await(ToLongFunction<ServerCounts> count, long n) {
        Waiter waiter = new Waiter(count, n, new CompletableFuture<>());
        synchronized (this) {
            waiters.add(waiter);
        }
        wake();
        return waiter.future();
    }

    private void wake() {
        ServerCounts now;
        List<Waiter> due = new ArrayList<>();
        synchronized (this) {
            if (waiters.isEmpty()) {
                return;
            }
            now = counts();
            for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
                Waiter waiter = all.next();
                if (waiter.count().applyAsLong(now) >= waiter.n()) {
                    all.remove();
                    due.add(waiter);
                }
            }
        }
        due.forEach(waiter -> waiter.future().complete(now));
    }

    private record Waiter(ToLongFunction<ServerCounts> count, long n, CompletableFuture<ServerCounts> future) {}
}

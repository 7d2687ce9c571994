package dev.tierway.adapter.persistence.guard;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.MonotonicClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the store, if it is worth asking, for as long as one may wait. */
final class StoreLine implements AutoCloseable {
    private static final CompletableFuture<@Nullable Void> DONE = CompletableFuture.completedFuture(null);

    private final RemoteQuotaStore remote;
    private final GuardOptions options;
    private final Alarm alarm;
    private final StoreCircuit circuit;
    private volatile boolean closed;

    StoreLine(RemoteQuotaStore remote, GuardOptions options, MonotonicClock clock, Alarm alarm) {
        this.remote = remote;
        this.options = options;
        this.alarm = alarm;
        this.circuit = new StoreCircuit(clock, options);
    }

    /**
     * Its answer, or a failure in time; null if it isn't asked, because it is down.
     *
     * @param late told of an answer that comes after the failure
     */
    <T> @Nullable CompletableFuture<T> ask(Function<RemoteQuotaStore, CompletionStage<T>> question, Consumer<T> late) {
        long ticket = circuit.enter();
        if (ticket == StoreCircuit.REFUSED) {
            return null;
        }
        CompletableFuture<T> told = inTime(question, late);
        return told.whenComplete((answer, error) -> {
            if (error == null || isOurs(error)) {
                circuit.succeeded(ticket);
            } else {
                circuit.failed(ticket, error);
            }
        });
    }

    /** As the other, where a late answer means nothing. */
    <T> @Nullable CompletableFuture<T> ask(Function<RemoteQuotaStore, CompletionStage<T>> question) {
        return ask(question, answer -> {});
    }

    /** Whether the question was wrong, not the store. */
    static boolean isOurs(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof IllegalArgumentException;
    }

    private <T> CompletableFuture<T> inTime(Function<RemoteQuotaStore, CompletionStage<T>> question, Consumer<T> late) {
        CompletableFuture<T> told = new CompletableFuture<>();
        Runnable cancel = alarm.after(
                options.timeout(),
                () -> told.completeExceptionally(new StoreException(
                        "no answer within " + options.timeout().toMillis() + " ms")));
        try {
            CompletionStage<T> answer = question.apply(remote);
            var unused = answer.whenComplete((value, error) -> {
                cancel.run();
                boolean inTime = error == null ? told.complete(value) : told.completeExceptionally(error);
                if (!inTime && error == null) {
                    late.accept(value);
                }
            });
        } catch (RuntimeException thrown) {
            cancel.run();
            told.completeExceptionally(thrown);
        }
        return told;
    }

    /** Whether it answers now, without consequences. */
    CompletableFuture<Boolean> reached() {
        return inTime(RemoteQuotaStore::ping, pong -> {}).handle((pong, error) -> error == null);
    }

    /** Asks now and then whether the store is there; completes with the first answer. */
    CompletableFuture<@Nullable Void> keepProbing(Runnable everyTime) {
        CompletableFuture<@Nullable Void> probed = closed || !circuit.worthPinging() ? DONE : probe();
        everyTime.run();
        if (!closed) {
            alarm.after(options.probe(), () -> {
                var unused = keepProbing(everyTime);
            });
        }
        return probed;
    }

    private CompletableFuture<@Nullable Void> probe() {
        long epoch = circuit.epoch();
        return inTime(RemoteQuotaStore::ping, pong -> {}).whenComplete((pong, error) -> {
            if (error == null) {
                circuit.ponged(epoch);
            } else {
                circuit.failed(epoch, error);
            }
        });
    }

    int liveInstances() {
        return Math.max(1, remote.liveInstances());
    }

    boolean up() {
        return circuit.up();
    }

    @Nullable
    String problem() {
        return circuit.problem();
    }

    @Override
    public void close() {
        closed = true;
        remote.close();
    }
}

package dev.tierway.adapter.persistence.guard;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.QuotaBook;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.Raised;
import dev.tierway.domain.quota.ReservationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A remote store that keeps the exact reference's book, on a line that breaks as the test wants. */
final class BookedStore implements RemoteQuotaStore {
    enum Line {
        FINE,
        /** Nothing arrives, and one is told at once. */
        REFUSES,
        /** Nothing arrives, and nobody is told. */
        SILENT,
        /** It arrives, the answer doesn't. */
        ANSWERS_LOST,
        /** It arrives, and answers when the test lets it. */
        SLOW,
        /** It arrives once the test lets it, and answers then. */
        STUCK
    }

    final QuotaBook book;
    final List<String> heard = new ArrayList<>();
    private final ManualClock clock;
    private final List<Runnable> held = new ArrayList<>();
    Line line = Line.FINE;
    Line pings = Line.FINE;
    int instances = 1;
    boolean closed;

    BookedStore(ManualClock clock, Duration reservation) {
        this(clock, new QuotaBook(reservation.toNanos(), reservation.toNanos()));
    }

    /** Another line to the same book. */
    BookedStore(ManualClock clock, QuotaBook book) {
        this.clock = clock;
        this.book = book;
    }

    void is(Line now) {
        line = now;
        pings = now;
    }

    /** Whatever was held up comes through. */
    void release() {
        List<Runnable> now = List.copyOf(held);
        held.clear();
        now.forEach(Runnable::run);
    }

    private <T> CompletionStage<T> over(Line how, String what, Supplier<T> step) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Supplier<T> noted = () -> {
            heard.add(what);
            return step.get();
        };
        switch (how) {
            case FINE -> answer.complete(noted.get());
            case REFUSES -> answer.completeExceptionally(new StoreException("connection refused"));
            case SILENT -> {}
            case ANSWERS_LOST -> noted.get();
            case SLOW -> {
                T done = noted.get();
                held.add(() -> answer.complete(done));
            }
            case STUCK -> held.add(() -> answer.complete(noted.get()));
        }
        return answer;
    }

    QuotaTime now() {
        return QuotaTime.utc(clock.nanos(), clock.epochMillis());
    }

    long used(Descriptor descriptor) {
        return book.usage(descriptor, now()).used();
    }

    @Override
    public CompletionStage<Result> reserve(Reservation asked) {
        AttemptId attempt = asked.attempt();
        return over(line, "reserve " + attempt, () -> switch (book.reserve(
                attempt.callId(), attempt.n(), asked.descriptors(), asked.estimate(), now())) {
            case ReservationResult.Granted granted -> new Result.Granted(granted.left());
            case ReservationResult.Denied denied ->
                new Result.Denied(denied.binding(), denied.retryAfterNanos(), denied.available());
        });
    }

    @Override
    public CompletionStage<@Nullable Void> settle(AttemptId attempt, Amounts actual) {
        return end("settle ", attempt, new Ending.Settled(actual));
    }

    @Override
    public CompletionStage<@Nullable Void> settleUnknown(AttemptId attempt, Amounts seen) {
        return end("settle unknown ", attempt, new Ending.Unknown(seen));
    }

    @Override
    public CompletionStage<@Nullable Void> refund(AttemptId attempt, Action.Refund.Extent extent) {
        return switch (extent) {
            case ALL -> end("refund ", attempt, new Ending.Refunded());
            case ALL_BUT_REQUEST -> end("refund all but request ", attempt, new Ending.RefundedButRequest());
        };
    }

    private CompletionStage<@Nullable Void> end(String what, AttemptId attempt, Ending ending) {
        return over(line, what + attempt, () -> {
            book.end(attempt.callId(), attempt.n(), ending, now());
            return null;
        });
    }

    @Override
    public CompletionStage<@Nullable Void> finish(String callId) {
        return over(line, "finish " + callId, () -> {
            book.finish(callId, now());
            return null;
        });
    }

    @Override
    public CompletionStage<@Nullable Void> observe(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        return over(line, "observe", () -> {
            for (VendorObservation one : seen) {
                book.told(
                        attempt == null ? "" : attempt.callId(),
                        attempt == null ? 0 : attempt.n(),
                        one.descriptor(),
                        one.seen(),
                        now());
            }
            return null;
        });
    }

    @Override
    public CompletionStage<List<Left>> left(List<Descriptor> descriptors) {
        return over(
                line,
                "left",
                () -> descriptors.stream()
                        .map(one -> Left.of(one, book.usage(one, now())))
                        .toList());
    }

    @Override
    public CompletionStage<List<Raised>> raise(List<Floor> floors) {
        return over(line, "raise", () -> {
            List<Raised> raised = new ArrayList<>();
            for (Floor floor : floors) {
                long by = book.raise(floor, now());
                if (by > 0) {
                    raised.add(new Raised(floor.descriptor(), by));
                }
            }
            return raised;
        });
    }

    @Override
    public CompletionStage<@Nullable Void> ping() {
        return over(pings, "ping", () -> null);
    }

    @Override
    public int liveInstances() {
        return instances;
    }

    @Override
    public void close() {
        closed = true;
    }
}

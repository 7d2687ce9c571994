package dev.tierway.adapter.persistence.lease;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
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

/** The exact reference as a store that several instances share: decides at once, and answers when the test lets it. */
final class SharedBook implements QuotaStore {
    static final Duration RESERVATION = Duration.ofMinutes(11);

    final QuotaBook book = new QuotaBook(RESERVATION.toNanos(), RESERVATION.toNanos());
    final List<String> heard = new ArrayList<>();
    private final ManualClock clock;
    private final List<Runnable> answers = new ArrayList<>();
    /** Told in all settlements that had an effect. */
    long tokens;

    boolean slow;
    boolean down;

    @Nullable
    String warning;

    SharedBook(ManualClock clock) {
        this.clock = clock;
    }

    private <T> CompletionStage<T> answer(String what, Supplier<T> step) {
        if (down) {
            return CompletableFuture.failedStage(new StoreException("connection refused"));
        }
        heard.add(what);
        T done = step.get();
        if (!slow) {
            return CompletableFuture.completedStage(done);
        }
        CompletableFuture<T> later = new CompletableFuture<>();
        answers.add(() -> later.complete(done));
        return later;
    }

    /** Lets it answer what it was asked. */
    void release() {
        while (!answers.isEmpty()) {
            answers.removeFirst().run();
        }
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
        return answer("reserve " + attempt.callId(), () -> switch (book.reserve(
                attempt.callId(), attempt.n(), asked.descriptors(), asked.estimate(), now())) {
            case ReservationResult.Granted granted -> new Result.Granted(granted.left(), warning);
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
        return answer(what + attempt.callId(), () -> {
            int open = book.open();
            book.end(attempt.callId(), attempt.n(), ending, now());
            if (book.open() < open && ending instanceof Ending.Settled(Amounts actual)) {
                tokens += actual.of(Dimension.TOKENS);
            }
            return null;
        });
    }

    @Override
    public CompletionStage<@Nullable Void> observe(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        return answer("observe " + (attempt == null ? "" : attempt.callId()), () -> {
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
    public CompletionStage<List<Raised>> raise(List<Floor> floors) {
        return answer("raise", () -> {
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
    public CompletionStage<List<Left>> left(List<Descriptor> descriptors) {
        return answer(
                "left",
                () -> descriptors.stream()
                        .map(one -> Left.of(one, book.usage(one, now())))
                        .toList());
    }

    @Override
    public void close() {
        heard.add("close");
    }
}

package dev.tierway.adapter.persistence.redis;

import dev.tierway.application.port.out.LostUsage;
import dev.tierway.application.port.out.UsageLoss;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Raised;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts back what a server has lost: raises each budget to the most this instance knows to be spent, so that nothing is admitted on
 * less; then has open and ended attempts told again; then tells who can ask the account book. docs/adr/0022 says why so.
 */
final class LostSteps {
    private static final Logger LOG = LoggerFactory.getLogger(LostSteps.class);
    private static final int RAISED_AT_ONCE = 500;

    private final RaiseSteps raising;
    private final StepCount count;
    private final KnownSpending known;
    private final LostUsage lost;
    private final long answerMillis;
    private final AtomicReference<@Nullable CompletableFuture<@Nullable Void>> underWay = new AtomicReference<>();
    private final AtomicReference<@Nullable UsageLoss> untold = new AtomicReference<>();

    private final AtomicLong losses = new AtomicLong();
    private final AtomicBoolean telling = new AtomicBoolean();

    /** @param answerMillis how long an answer may take */
    LostSteps(RaiseSteps raising, StepCount count, KnownSpending known, long answerMillis, LostUsage lost) {
        this.answerMillis = answerMillis;
        this.raising = raising;
        this.count = count;
        this.known = known;
        this.lost = lost;
    }

    /**
     * The server knows this instance's steps up to that one only. Completes when the budgets are raised.
     *
     * @param again has attempts told again that later steps were of
     */
    CompletableFuture<@Nullable Void> putBack(long step, LongConsumer again) {
        CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> others = underWay.compareAndExchange(null, mine);
        if (others != null) {
            return others;
        }
        losses.incrementAndGet();
        // Whatever was on its way then has not been acknowledged: it is told again, and must not be in the book's sums
        // too.
        long until = count.atMillis() - answerMillis;
        List<Raised> raised = new ArrayList<>();
        var unused = raise(known.floors(), 0, raised).whenComplete((done, error) -> {
            underWay.set(null);
            if (error == null) {
                again.accept(step);
                untold.set(new UsageLoss(UsageLoss.Cause.FORGOTTEN, until, raised));
                mine.complete(null);
                tell();
            } else {
                mine.completeExceptionally(error);
            }
        });
        return mine;
    }

    private CompletableFuture<@Nullable Void> raise(List<Floor> floors, int from, List<Raised> raised) {
        int to = Math.min(floors.size(), from + RAISED_AT_ONCE);
        boolean last = to == floors.size();
        return raising.raise(floors.subList(from, to), last).thenCompose(some -> {
            raised.addAll(some);
            return last ? CompletableFuture.completedFuture(null) : raise(floors, to, raised);
        });
    }

    /** How often the server was found to have lost something. */
    long losses() {
        return losses.get();
    }

    /** The server has just begun, and so has this instance. */
    void isNew(long sinceEpochMillis) {
        untold.set(new UsageLoss(UsageLoss.Cause.NEW, sinceEpochMillis, List.of()));
        tell();
    }

    /** Once more, if the account book could not be asked. */
    void tell() {
        UsageLoss loss = untold.get();
        if (loss == null || !telling.compareAndSet(false, true)) {
            return;
        }
        var unused = lost.lost(loss).handle((done, error) -> {
            telling.set(false);
            if (error == null) {
                untold.compareAndSet(loss, null);
            } else {
                LOG.warn("what the account book knows of budgets could not be put back: tried again later", error);
            }
            return null;
        });
    }
}

package dev.tierway.application.service;

import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyHead;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.Event;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.VendorLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one attempt and the caller. Holds back what comes before the first semantic event; once committed,
 * passes everything on as it comes.
 */
final class AttemptRelay implements AttemptSink {
    private final CallDriver driver;
    private final AttemptId id;
    private final Replica replica;
    private final ReplySink caller;
    private final MonotonicClock clock;
    private final int mostHeldBytes;
    private final List<String> warnings = new ArrayList<>(0);
    private List<Left> callerLimits = List.of();
    private final List<ReplyEvent> held = new ArrayList<>(4);
    private ReplyHead head = new ReplyHead(200, Map.of());
    private @Nullable AttemptHandle handle;
    private int heldBytes;
    private long wanted = 1;
    /** What the caller got before it asked: held back events go out together. */
    private long ahead;

    private boolean committed;
    private boolean ended;
    private boolean cancelled;
    private boolean unwanted;
    private @Nullable Long sentNanos;
    private @Nullable Long committedNanos;
    private @Nullable Failure failure;

    AttemptRelay(
            CallDriver driver,
            AttemptId id,
            Replica replica,
            ReplySink caller,
            MonotonicClock clock,
            int mostHeldBytes) {
        this.driver = driver;
        this.id = id;
        this.replica = replica;
        this.caller = caller;
        this.clock = clock;
        this.mostHeldBytes = mostHeldBytes;
    }

    /** The caller is told with the answer's head. */
    void warn(String words) {
        warnings.add(words);
    }

    /** What is left of the caller's own limits now that this attempt has taken its part. */
    void limited(List<Left> left) {
        callerLimits = left;
    }

    AttemptId id() {
        return id;
    }

    Replica replica() {
        return replica;
    }

    /** Null if it never left. */
    @Nullable
    Long sentNanos() {
        return sentNanos;
    }

    /** When its answer began to reach the caller; null if it never did. */
    @Nullable
    Long committedNanos() {
        return committedNanos;
    }

    /** Whether nobody wanted its answer any more when it ended. */
    boolean unwanted() {
        return unwanted;
    }

    /** Null if it didn't fail. */
    @Nullable
    Failure failure() {
        return failure;
    }

    void opened(AttemptHandle newHandle) {
        handle = newHandle;
        if (cancelled) {
            newHandle.cancel();
        } else {
            newHandle.request(wanted);
        }
        wanted = 0;
    }

    void cancel() {
        cancelled = true;
        unwanted |= !ended;
        held.clear();
        if (handle != null) {
            handle.cancel();
        }
    }

    void callerRequests(long events) {
        if (committed) {
            long paid = Math.min(ahead, events);
            ahead -= paid;
            demand(events - paid);
        }
    }

    private void demand(long events) {
        if (events <= 0) {
            return;
        }
        if (handle == null) {
            wanted += events;
        } else {
            handle.request(events);
        }
    }

    /** From now on the caller hears this attempt; first what was held back. */
    void commit(long callerDemand) {
        committed = true;
        committedNanos = clock.nanos();
        List<ReplyEvent> first = List.copyOf(held);
        held.clear();
        try {
            caller.begin(new ReplySink.Begun(
                    id.callId(), replica, id.n(), List.copyOf(warnings), callerLimits, head, driver.ruling()));
            first.forEach(caller::event);
        } catch (RuntimeException broken) {
            driver.callerBroken(broken);
        }
        ahead = Math.max(0, first.size() - callerDemand);
        demand(callerDemand - first.size());
    }

    @Override
    public void sent() {
        driver.enter(() -> {
            sentNanos = clock.nanos();
            driver.feed(new Event.Sent(id));
        });
    }

    @Override
    public void limits(List<VendorLimit> seen) {
        driver.enter(() -> driver.attempts().told(this, seen));
    }

    @Override
    public void head(ReplyHead newHead) {
        driver.enter(() -> head = newHead);
    }

    @Override
    public void embedded(int dimensions) {
        driver.enter(() -> {
            String misfit = driver.attempts().misfit(this, dimensions);
            if (misfit != null && !ended) {
                fail(Failure.of(FailureClass.UPSTREAM_FAULT, Processed.YES, misfit));
                cancel();
            }
        });
    }

    @Override
    public void event(ReplyEvent event) {
        driver.enter(() -> heard(event));
    }

    private void heard(ReplyEvent event) {
        if (ended || cancelled) {
            return;
        }
        if (committed) {
            try {
                caller.event(event);
            } catch (RuntimeException broken) {
                driver.callerBroken(broken);
            }
            return;
        }
        held.add(event);
        heldBytes += event.semantic() ? 0 : event.size();
        if (event.semantic()) {
            driver.feed(new Event.Committed(id));
        } else if (heldBytes > mostHeldBytes) {
            fail(Failure.of(
                    FailureClass.UPSTREAM_FAULT,
                    Processed.YES,
                    "more than " + mostHeldBytes / 1024 + " KiB came before the first token of an answer"));
            cancel();
        } else {
            demand(1);
        }
    }

    @Override
    public void end(TokenUsage usage) {
        driver.enter(() -> {
            if (!ended) {
                ended = true;
                driver.feed(new Event.Delivered(id, usage));
            }
        });
    }

    @Override
    public void failed(Failure newFailure) {
        driver.enter(() -> fail(newFailure));
    }

    private void fail(Failure newFailure) {
        if (!ended) {
            ended = true;
            failure = newFailure;
            driver.feed(new Event.Failed(id, newFailure));
        }
    }
}

package dev.tierway.application.service;

import dev.tierway.application.port.out.BudgetsRaised;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.ProbeReport;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.queue.QueuePriority;
import dev.tierway.application.queue.ShedReason;
import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.quota.Left;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells every listener. One that throws is reported to all, and never harms the call. */
final class Listeners {
    private final List<RoutingListener> all;

    Listeners(List<RoutingListener> all) {
        this.all = all;
    }

    void started(CallIdentity call) {
        tell(call.callId(), listener -> listener.started(call));
    }

    void attemptEnded(LedgerRow row) {
        tell(row.attempt().callId(), listener -> listener.attemptEnded(row));
    }

    void finished(Selection selection) {
        tell(selection.identity().callId(), listener -> listener.finished(selection));
    }

    void limitNearlyUsed(String callId, Left left) {
        tell(callId, listener -> listener.limitNearlyUsed(left));
    }

    void namesCountedTogether(String callId, @Nullable String key) {
        tell(callId, listener -> listener.namesCountedTogether(callId, key));
    }

    void waited(String callId, QueuePriority priority, long nanos) {
        tell(callId, listener -> listener.waited(priority, nanos));
    }

    void shed(String callId, QueuePriority priority, ShedReason why) {
        tell(callId, listener -> listener.shed(priority, why));
    }

    void budgetsRaised(BudgetsRaised raised) {
        tell("budgets", listener -> listener.budgetsRaised(raised));
    }

    void probed(ProbeReport report) {
        tell("probe of " + report.replica(), listener -> listener.probed(report));
    }

    void internalError(String callId, Throwable error) {
        for (RoutingListener listener : all) {
            try {
                listener.internalError(callId, error);
            } catch (RuntimeException broken) {
                // Nobody is left to tell but the thread itself.
                broken.addSuppressed(error);
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
            }
        }
    }

    private void tell(String callId, Consumer<RoutingListener> what) {
        for (RoutingListener listener : all) {
            guard(callId, () -> what.accept(listener));
        }
    }

    /** Asks for something whose failing must not stop the call. */
    <T> T guarded(String callId, T otherwise, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException broken) {
            internalError(callId, broken);
            return otherwise;
        }
    }

    /** Does something whose failing must not stop the call. */
    void guard(String callId, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException broken) {
            internalError(callId, broken);
        }
    }
}

package dev.tierway.application.port.out;

import dev.tierway.application.queue.QueuePriority;
import dev.tierway.application.queue.ShedReason;
import dev.tierway.domain.agent.Loop;
import dev.tierway.domain.agent.LoopAction;
import dev.tierway.domain.call.CallIdentity;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.quota.Left;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears of calls, and of probes beside them. Called on the call's or the prober's executor: must not block. */
public interface RoutingListener {
    default void started(CallIdentity call) {}

    default void attemptEnded(LedgerRow row) {}

    default void finished(Selection selection) {}

    /** A budget is nearly used up, or exceeded: told by the call that found it, once per calendar window and instance. */
    default void limitNearlyUsed(Left left) {}

    /**
     * A call carries a name that a limit would count apart, but its API key has named too many lately: it is counted together with
     * all others beyond them.
     *
     * @param key the API key's id; null: a call without one
     */
    default void namesCountedTogether(String callId, @Nullable String key) {}

    /** A call that waited for its turn got a slot after that many nanoseconds. */
    default void waited(QueuePriority priority, long nanos) {}

    /** A call wasn't taken on, or is not to wait any longer: there are too many. */
    default void shed(QueuePriority priority, ShedReason why) {}
    /** The store of limits had lost something, and budgets were raised to what is known to be spent. */
    default void budgetsRaised(BudgetsRaised raised) {}

    /** A call's answer closed a loop of its workflow. */
    default void loopFound(String callId, Loop loop, LoopAction action) {}

    /**
     * A tool call of a conversation has ended.
     *
     * @param end how: {@code done}, {@code failed}, {@code timed_out} and so on
     */
    default void toolUsed(String tool, String end, Duration took) {}

    /** A replica's server has been looked at. */
    default void probed(ProbeReport report) {}

    /**
     * Something of ours threw: a part of the call, which then ends as an internal error, a listener, or a strategy, in whose place
     * another decides.
     *
     * @param callId the call's, or what else it happened in
     */
    default void internalError(String callId, Throwable error) {}
}

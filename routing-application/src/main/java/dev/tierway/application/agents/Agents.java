package dev.tierway.application.agents;

import dev.tierway.application.checkpoint.KeptReply;
import dev.tierway.application.facade.FleetOperator;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.QueryAgents;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.agent.Loop;
import dev.tierway.domain.agent.LoopAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How agents are held to limits and kept from going round in circles, and what is known of them. Safe for many threads. */
public final class Agents {
    private final AgentLimits limits;
    private final FirstCalls first;
    private final LoopWatch watch = new LoopWatch();
    private final Parts parts;
    private volatile LoopSettings loops;

    /**
     * What it needs.
     *
     * @param checkpoints where answers of steps are kept; null: nowhere
     */
    public record Parts(
            QuotaStore quota,
            CallLedger ledger,
            DecisionLog decisions,
            @Nullable CheckpointStore checkpoints,
            CallExecutors executors,
            WallClock clock,
            Entropy entropy,
            List<RoutingListener> listeners) {
        public Parts {
            listeners = List.copyOf(listeners);
        }
    }

    /**
     * @param budgets count agents' limits from now on
     * @param holds hands on what operators order of them
     */
    public Agents(AgentRules rules, LoopSettings loops, LimitsInForce budgets, AgentHolds holds, Parts parts) {
        this.limits = new AgentLimits(rules, parts.clock());
        this.first = new FirstCalls(parts.ledger(), parts.clock());
        this.loops = loops;
        this.parts = parts;
        budgets.countAlso(limits);
        holds.alsoObey(limits::obey);
    }

    /** Takes other limits and rules; what is used and seen stays. */
    public void swap(AgentRules rules, LoopSettings nextLoops) {
        limits.swap(rules);
        loops = nextLoops;
    }

    public AgentRules limits() {
        return limits.configured();
    }

    public LoopSettings loops() {
        return loops;
    }

    /** The same calls, held. */
    public CallAddress holding(CallAddress calls) {
        return new AgentCalls(
                calls,
                limits,
                first,
                watch,
                this::loops,
                new AgentCalls.Parts(parts.executors(), parts.clock(), parts.entropy(), this::found));
    }

    private void found(String callId, Loop loop, LoopAction action) {
        for (RoutingListener listener : parts.listeners()) {
            listener.loopFound(callId, loop, action);
        }
    }

    /** @param budgets say from when on a limit is worth a warning */
    public QueryAgents queries(LimitsInForce budgets) {
        return new AgentQueries(limits, budgets, first, watch, parts.quota(), parts.ledger(), parts.clock());
    }

    /** For programs. */
    public AgentControls controls(QueryAgents queries, FleetOperator operator) {
        CheckpointStore checkpoints = parts.checkpoints();
        return new AgentControls(
                queries,
                new CallRecords(
                        parts.ledger(),
                        parts.decisions(),
                        checkpoints == null
                                ? CallRecords.KeptReplies.NONE
                                : (origin, callId) -> KeptReply.of(checkpoints, origin, callId)),
                operator,
                parts.executors());
    }
}

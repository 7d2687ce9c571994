package dev.tierway.application.agents;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.facade.FleetOperator;
import dev.tierway.application.port.in.AgentMetrics;
import dev.tierway.application.port.in.AgentsStatus;
import dev.tierway.application.port.in.OperatorReceipt;
import dev.tierway.application.port.in.QueryAgents;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.operator.Scope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Agents from Java: what they did, what they used, what is left to them, and orders that change it on all instances that share the
 * storage. Methods wait for the storage; on an event loop, which must not wait, they throw {@link IllegalStateException}.
 */
public final class AgentControls {
    /** Most calls of one history. */
    public static final int MOST_CALLS = 1000;

    private final QueryAgents queries;
    private final CallRecords records;
    private final FleetOperator operator;
    private final CallExecutors executors;

    AgentControls(QueryAgents queries, CallRecords records, FleetOperator operator, CallExecutors executors) {
        this.queries = queries;
        this.records = records;
        this.operator = operator;
        this.executors = executors;
    }

    /**
     * The newest calls that named this agent, the newest first, from the account book.
     *
     * @param limit 1 to {@link #MOST_CALLS}
     */
    public List<CallRecord> history(String agent, int limit) {
        if (limit < 1 || limit > MOST_CALLS) {
            throw new InvalidRequestException(
                    Details.of(400, "invalid_request", "limit: 1 to " + MOST_CALLS + ", not " + limit));
        }
        return await(() -> records.of(agent, limit));
    }

    /** What all calls of the gateway came to since everything was reset last. */
    public AgentMetrics metrics() {
        return await(() -> queries.metrics(null));
    }

    /** What the calls that named this agent came to since it was reset last. */
    public AgentMetrics metrics(String agent) {
        return await(() -> queries.metrics(agent));
    }

    /** What is left to those that called this process lately, and which of them go round in circles. */
    public AgentsStatus status() {
        return await(queries::agents);
    }

    /** {@link #reset(Scope, String)} of everything. */
    public OperatorReceipt reset() {
        return reset(Scope.gateway(), null);
    }

    /**
     * What was used of its limits counts from zero, and its loops are forgotten. The account book keeps its rows, and what was
     * spent stays spent for budgets.
     *
     * @param scope an agent in all its workflows, a workflow with all its agents, or the gateway
     */
    public OperatorReceipt reset(Scope scope, @Nullable String reason) {
        return operator.reset(scope, reason);
    }

    /**
     * Sets limits while calls run, in place of the configured ones; what is left out stays as configured.
     *
     * @param scope each execution of an agent, a workflow, or all agents together
     * @param lasting null: until it is taken back
     */
    public OperatorReceipt limit(
            Scope scope, ExecutionLimits limits, @Nullable Duration lasting, @Nullable String reason) {
        return operator.limit(scope, limits, lasting, reason);
    }

    /** Takes back what was set of its limits. */
    public OperatorReceipt configuredLimits(Scope scope, @Nullable String reason) {
        return operator.limit(scope, null, null, reason);
    }

    private <T> T await(Supplier<CompletionStage<T>> asked) {
        if (executors.onEventLoop()) {
            throw new IllegalStateException("this thread is an event loop and must not wait for the storage");
        }
        try {
            return asked.get().toCompletableFuture().get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            CancellationException told = new CancellationException("interrupted while waiting for the storage");
            told.initCause(interrupted);
            throw told;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        }
    }
}

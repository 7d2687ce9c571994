package dev.tierway.application.facade;

import dev.tierway.application.port.in.OperateFleet;
import dev.tierway.application.port.in.OperatorActions;
import dev.tierway.application.port.in.OperatorCommand;
import dev.tierway.application.port.in.OperatorReceipt;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes replicas out of service and back, and switches rules and the general strategy, from Java. Every method waits until the order is stored and in force here; other
 * instances that share the storage follow within five seconds.
 *
 * <p>Methods throw {@link dev.tierway.application.error.InvalidRequestException} for an id or strategy nobody has, an end that isn't in
 * the future or a reason over 500 characters, {@link dev.tierway.application.error.OverloadedException} if the storage didn't
 * confirm the order, and {@link IllegalStateException} on an event loop, which must not wait.
 */
public final class FleetOperator {
    private final OperateFleet fleet;
    private final CallExecutors executors;
    private final String author;

    /** @param author who is said to have ordered it */
    public FleetOperator(OperateFleet fleet, CallExecutors executors, String author) {
        this.fleet = fleet;
        this.executors = executors;
        this.author = author;
    }

    /** The same in somebody's name. */
    public FleetOperator as(String newAuthor) {
        return new FleetOperator(fleet, executors, newAuthor);
    }

    /** No new call goes there, not even by spillover; calls in flight go on. */
    public OperatorReceipt drain(Scope scope) {
        return drain(scope, null, null);
    }

    /** @param lasting null: until it is taken back */
    public OperatorReceipt drain(Scope scope, @Nullable Duration lasting, @Nullable String reason) {
        return operate(scope, new OperatorOrder.SetPhase(Phase.DRAINING), lasting, reason);
    }

    /** Traffic only once no active replica of the model is eligible. */
    public OperatorReceipt standby(Scope scope) {
        return standby(scope, null, null);
    }

    /** @param lasting null: until it is taken back */
    public OperatorReceipt standby(Scope scope, @Nullable Duration lasting, @Nullable String reason) {
        return operate(scope, new OperatorOrder.SetPhase(Phase.STANDBY), lasting, reason);
    }

    /** Takes back what was ordered of this scope's phase, and goes before a configured phase as well. */
    public OperatorReceipt activate(Scope scope) {
        return activate(scope, null, null);
    }

    /** @param lasting null: until another phase is ordered */
    public OperatorReceipt activate(Scope scope, @Nullable Duration lasting, @Nullable String reason) {
        return operate(scope, new OperatorOrder.SetPhase(Phase.ACTIVE), lasting, reason);
    }

    /** Takes back what was ordered of this scope's phase: a wider scope's order, or the configured phase, counts again. */
    public OperatorReceipt asConfigured(Scope scope, @Nullable String reason) {
        return operate(scope, new OperatorOrder.SetPhase(null), null, reason);
    }

    /** No traffic, and told as unhealthy. */
    public OperatorReceipt markUnhealthy(Scope scope) {
        return markUnhealthy(scope, null, null);
    }

    /** @param lasting null: until it is marked healthy */
    public OperatorReceipt markUnhealthy(Scope scope, @Nullable Duration lasting, @Nullable String reason) {
        return operate(scope, new OperatorOrder.Mark(false), lasting, reason);
    }

    /** Takes an unhealthy mark back, closes circuits, ends rests the vendor didn't ask for. */
    public OperatorReceipt markHealthy(Scope scope) {
        return markHealthy(scope, null, null);
    }

    /** @param lasting how long it shields from an unhealthy mark of a wider scope; null: until it is marked again */
    public OperatorReceipt markHealthy(Scope scope, @Nullable Duration lasting, @Nullable String reason) {
        return operate(scope, new OperatorOrder.Mark(true), lasting, reason);
    }

    /** Closes circuits once, without a ramp; of a provider, its credential's too. */
    public OperatorReceipt resetCircuit(Scope scope) {
        return resetCircuit(scope, null);
    }

    public OperatorReceipt resetCircuit(Scope scope, @Nullable String reason) {
        return operate(scope, new OperatorOrder.ResetCircuit(), null, reason);
    }

    /** Calls pass the rule by. */
    public OperatorReceipt disableRule(String id) {
        return disableRule(id, null, null);
    }

    /** @param lasting null: until it is enabled */
    public OperatorReceipt disableRule(String id, @Nullable Duration lasting, @Nullable String reason) {
        return operate(Scope.rule(id), new OperatorOrder.SwitchRule(false), lasting, reason);
    }

    /** Takes back that it was disabled. */
    public OperatorReceipt enableRule(String id) {
        return enableRule(id, null);
    }

    public OperatorReceipt enableRule(String id, @Nullable String reason) {
        return operate(Scope.rule(id), new OperatorOrder.SwitchRule(true), null, reason);
    }

    /** Calls find nothing of that name, as if the route weren't configured. */
    public OperatorReceipt disableRoute(String name) {
        return disableRoute(name, null, null);
    }

    /**
     * The same with an end and a reason.
     *
     * @param name whole, of a pattern with its {@code *}
     * @param lasting null: until it is enabled
     */
    public OperatorReceipt disableRoute(String name, @Nullable Duration lasting, @Nullable String reason) {
        return operate(Scope.route(name), new OperatorOrder.SwitchRoute(false), lasting, reason);
    }

    /** Takes back that it was disabled. */
    public OperatorReceipt enableRoute(String name) {
        return enableRoute(name, null);
    }

    public OperatorReceipt enableRoute(String name, @Nullable String reason) {
        return operate(Scope.route(name), new OperatorOrder.SwitchRoute(true), null, reason);
    }

    /** Ranks with this strategy where no call, rule or route says otherwise, whatever is configured. */
    public OperatorReceipt useStrategy(Strategy strategy) {
        return useStrategy(strategy, null, null);
    }

    /** @param lasting null: until it is taken back */
    public OperatorReceipt useStrategy(Strategy strategy, @Nullable Duration lasting, @Nullable String reason) {
        return operate(Scope.gateway(), new OperatorOrder.UseStrategy(strategy), lasting, reason);
    }

    /** Takes back what was ordered of the strategy. */
    public OperatorReceipt configuredStrategy(@Nullable String reason) {
        return operate(Scope.gateway(), new OperatorOrder.UseStrategy(null), null, reason);
    }

    /** Refuses the next calls of an agent, a workflow ({@link Scope#workflow}) or everybody ({@link Scope#gateway}); those in flight go on. */
    public OperatorReceipt pause(Scope scope, @Nullable Duration lasting, @Nullable String reason) {
        return operate(scope, new OperatorOrder.Hold(OperatorOrder.Hold.State.PAUSED), lasting, reason);
    }

    /** Like {@link #pause}, and cancels calls in flight, streams too. */
    public OperatorReceipt stop(Scope scope, @Nullable Duration lasting, @Nullable String reason) {
        return operate(scope, new OperatorOrder.Hold(OperatorOrder.Hold.State.STOPPED), lasting, reason);
    }

    /** What its agents used of their limits counts from zero, and their loops are forgotten. */
    public OperatorReceipt reset(Scope scope, @Nullable String reason) {
        return operate(scope, new OperatorOrder.Reset(null), null, reason);
    }

    /** @param limits of agents, in place of the configured ones; null: the configured ones again */
    public OperatorReceipt limit(
            Scope scope, @Nullable ExecutionLimits limits, @Nullable Duration lasting, @Nullable String reason) {
        return operate(scope, new OperatorOrder.SetLimits(limits), lasting, reason);
    }

    /** Takes back that this scope was paused or stopped. */
    public OperatorReceipt resume(Scope scope, @Nullable String reason) {
        return operate(scope, new OperatorOrder.Hold(OperatorOrder.Hold.State.RUNNING), null, reason);
    }

    /**
     * What is in force, and what was done lately.
     *
     * @param recent 1 to 1,000
     */
    public OperatorActions actions(int recent) {
        return await(() -> fleet.actions(recent));
    }

    private OperatorReceipt operate(
            Scope scope, OperatorOrder order, @Nullable Duration lasting, @Nullable String reason) {
        return await(() -> fleet.operate(new OperatorCommand(scope, order, lasting, reason, author)));
    }

    private <T> T await(Supplier<CompletionStage<T>> asked) {
        if (executors.onEventLoop()) {
            throw new IllegalStateException("this thread is an event loop and must not wait for the storage");
        }
        try {
            return asked.get().toCompletableFuture().get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            CancellationException told = new CancellationException("interrupted; an order may still come into force");
            told.initCause(interrupted);
            throw told;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        }
    }
}

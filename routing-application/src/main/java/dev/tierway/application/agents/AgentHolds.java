package dev.tierway.application.agents;

import dev.tierway.application.error.PausedException;
import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder.Hold;
import dev.tierway.domain.operator.Scope;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which agents and workflows operators hold. Safe for many threads; a call without a hold in force costs one read. */
public final class AgentHolds {
    private final List<Runnable> whenStopped = new CopyOnWriteArrayList<>();
    private final List<Consumer<List<OperatorAction>>> others = new CopyOnWriteArrayList<>();
    private volatile List<OperatorAction> all = List.of();
    private volatile List<OperatorAction> inForce = List.of();

    /** @param cancel looks for calls in flight that {@link #stops} and ends them; must not block */
    public void onStop(Runnable cancel) {
        whenStopped.add(cancel);
    }

    /** @param obeying hears of all that is in force as well, each time that may have changed */
    public void alsoObey(Consumer<List<OperatorAction>> obeying) {
        others.add(obeying);
        obeying.accept(all);
    }

    /** @param actions all that is in force, of whatever topic */
    public void obey(List<OperatorAction> actions) {
        all = List.copyOf(actions);
        others.forEach(other -> other.accept(actions));
        List<OperatorAction> before = inForce;
        List<OperatorAction> holds = actions.stream()
                .filter(action -> action.order() instanceof Hold)
                .toList();
        inForce = holds;
        if (holds.stream().anyMatch(hold -> isStop(hold) && !before.contains(hold))) {
            whenStopped.forEach(Runnable::run);
        }
    }

    /** @throws PausedException if whoever makes the call is held */
    public void requireFree(CallOptions caller) {
        OperatorAction hold = first(caller, false);
        if (hold != null) {
            throw new PausedException(Details.of(403, "paused", words(hold)));
        }
    }

    /** Why such a call must not go on, in words; null if it may. */
    public @Nullable String stops(CallOptions caller) {
        OperatorAction hold = first(caller, true);
        return hold == null ? null : words(hold);
    }

    /** The hold that goes on when a narrower scope's is taken back; null: there is none. */
    public @Nullable String wider(Scope scope) {
        for (OperatorAction hold : inForce) {
            if (hold.scope().level() == Scope.Level.GATEWAY && !hold.scope().equals(scope)) {
                return words(hold);
            }
        }
        return null;
    }

    private @Nullable OperatorAction first(CallOptions caller, boolean stopping) {
        for (OperatorAction hold : inForce) {
            if (covers(hold.scope(), caller) && (!stopping || isStop(hold))) {
                return hold;
            }
        }
        return null;
    }

    private static boolean isStop(OperatorAction hold) {
        return hold.order() instanceof Hold(Hold.State state) && state == Hold.State.STOPPED;
    }

    private static boolean covers(Scope scope, CallOptions caller) {
        return switch (scope.level()) {
            case AGENT -> scope.id().equals(caller.agent());
            case WORKFLOW -> scope.id().equals(caller.workflow());
            case GATEWAY -> true;
            case REPLICA, MODEL, QUOTA_DOMAIN, PROVIDER, RULE, ROUTE -> false;
        };
    }

    private static String words(OperatorAction hold) {
        boolean all = hold.scope().level() == Scope.Level.GATEWAY;
        String reason = hold.reason();
        return (all ? "everything" : hold.scope().toString())
                + " was " + hold.order().value() + " by " + hold.author()
                + (reason == null ? "" : " (" + reason + ")") + "; tierway agents resume "
                + (all
                        ? "--all"
                        : "--" + hold.scope().level().id() + " '" + hold.scope().id() + "'")
                + " takes that back";
    }
}

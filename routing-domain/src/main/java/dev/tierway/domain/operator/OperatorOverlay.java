package dev.tierway.domain.operator;

import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that operators have ordered, laid over what is configured. Immutable. For one replica the most specific scope wins:
 * replica, model, quota domain, provider; among equals the later action. An action that has ended counts no more.
 *
 * @param number of the latest action it knows, also of one that was taken back
 */
public record OperatorOverlay(long number, List<OperatorAction> actions) {
    private static final Comparator<OperatorAction> WINNER_FIRST = Comparator.comparing(
                    (OperatorAction action) -> action.scope().level())
            .thenComparing(Comparator.comparingLong(OperatorAction::number).reversed());

    public static final OperatorOverlay EMPTY = new OperatorOverlay(0, List.of());

    public OperatorOverlay {
        actions = actions.stream().sorted(WINNER_FIRST).toList();
    }

    /** The actions that are about this replica. */
    public ReplicaOrders about(Replica replica) {
        List<OperatorAction> mine = actions.stream()
                .filter(action -> action.scope().covers(replica))
                .toList();
        return mine.isEmpty()
                ? ReplicaOrders.NONE
                : new ReplicaOrders(
                        mine.stream().filter(OperatorOverlay::ordersPhase).toList(),
                        mine.stream()
                                .filter(action -> action.order() instanceof OperatorOrder.Mark)
                                .toList());
    }

    /** Taking a phase back is no order of its own: the next wider scope's counts then. */
    private static boolean ordersPhase(OperatorAction action) {
        return action.order() instanceof OperatorOrder.SetPhase(@Nullable Phase phase) && phase != null;
    }

    /** What is in force at that time, the winners first; what was done once and what was taken back is not. */
    public List<OperatorAction> inForce(long nowNanos) {
        return actions.stream()
                .filter(action -> action.inForce(nowNanos) && action.order().lasts())
                .toList();
    }

    /** Those later than that number which close circuits, in the order in which they were given. */
    public List<OperatorAction> closingCircuitsAfter(long seen) {
        return actions.stream()
                .filter(action -> action.number() > seen && action.order().closesCircuits())
                .sorted(Comparator.comparingLong(OperatorAction::number))
                .toList();
    }
}

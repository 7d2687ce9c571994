package dev.tierway.domain.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fixture.Replicas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Whatever operators order and in whatever order it is learned, everybody comes to the same end. */
class OperatorOverlayProperties {
    private static final long LAST = 100;
    private static final List<Scope> SCOPES = List.of(
            Scope.replica("p/m"),
            Scope.replica("q/n"),
            Scope.model("m"),
            Scope.model("n"),
            Scope.quotaDomain("org"),
            Scope.quotaDomain("region"),
            Scope.provider("p"),
            Scope.provider("q"));
    private static final Replica REPLICA =
            Replicas.replica("p/m").domain("org").domain("region").build();

    private static List<OperatorAction> actions(Random random) {
        List<OperatorAction> actions = new ArrayList<>();
        for (int number = 1; number <= 1 + random.nextInt(12); number++) {
            OperatorOrder order = switch (random.nextInt(4)) {
                case 0 -> new OperatorOrder.SetPhase(null);
                case 1 -> new OperatorOrder.SetPhase(Phase.values()[random.nextInt(3)]);
                case 2 -> new OperatorOrder.Mark(random.nextBoolean());
                default -> new OperatorOrder.ResetCircuit();
            };
            Long until = random.nextBoolean() ? null : (long) random.nextInt((int) LAST);
            Scope scope = SCOPES.get(random.nextInt(SCOPES.size()));
            actions.add(new OperatorAction(number, scope, order, "ann", null, until));
        }
        return actions;
    }

    @Property
    void the_winner_is_the_most_specific_then_the_latest_that_has_not_ended(@ForAll long seed) {
        List<OperatorAction> actions = actions(new Random(seed));
        OperatorOverlay overlay = new OperatorOverlay(LAST, actions);

        for (long now = 0; now <= LAST; now++) {
            Standing standing = overlay.about(REPLICA).at(now);
            assertThat(standing.phase()).isEqualTo(winner(actions, now, OperatorOrder.Topic.PHASE));
            assertThat(standing.mark()).isEqualTo(winner(actions, now, OperatorOrder.Topic.MARK));
        }
    }

    @Property
    void the_order_in_which_actions_are_learned_does_not_matter(@ForAll long seed) {
        Random random = new Random(seed);
        List<OperatorAction> actions = actions(random);
        List<OperatorAction> shuffled = new ArrayList<>(actions);
        Collections.shuffle(shuffled, random);

        assertThat(new OperatorOverlay(LAST, shuffled)).isEqualTo(new OperatorOverlay(LAST, actions));
    }

    @Property
    void at_the_end_only_what_has_no_end_is_left(@ForAll long seed) {
        OperatorOverlay overlay = new OperatorOverlay(LAST, actions(new Random(seed)));

        assertThat(overlay.inForce(LAST)).allMatch(action -> action.untilNanos() == null);
        assertThat(overlay.inForce(0)).containsAll(overlay.inForce(LAST));
    }

    /** The rule, word by word. */
    private static @Nullable OperatorAction winner(List<OperatorAction> actions, long now, OperatorOrder.Topic topic) {
        OperatorAction best = null;
        for (OperatorAction one : actions) {
            boolean takenBack = one.order().equals(new OperatorOrder.SetPhase(null));
            boolean ended = one.untilNanos() != null && one.untilNanos() <= now;
            if (one.order().topic() != topic
                    || takenBack
                    || ended
                    || !one.scope().covers(REPLICA)) {
                continue;
            }
            int specific = best == null
                    ? 1
                    : best.scope().level().compareTo(one.scope().level());
            if (specific > 0 || (specific == 0 && one.number() > best.number())) {
                best = one;
            }
        }
        return best;
    }
}

package dev.tierway.domain.operator;

import static dev.tierway.domain.fixture.Operators.action;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several actions holds for a replica. */
class OperatorOverlayTest {
    private static final Replica REPLICA = replica("p/m").domain("org").build();
    private static final OperatorOrder DRAIN = new OperatorOrder.SetPhase(Phase.DRAINING);
    private static final OperatorOrder STANDBY = new OperatorOrder.SetPhase(Phase.STANDBY);
    private static final OperatorOrder UNHEALTHY = new OperatorOrder.Mark(false);
    private static final OperatorOrder HEALTHY = new OperatorOrder.Mark(true);

    private static Standing standing(OperatorAction... actions) {
        return standing(0, actions);
    }

    private static Standing standing(long nowNanos, OperatorAction... actions) {
        return new OperatorOverlay(99, List.of(actions)).about(REPLICA).at(nowNanos);
    }

    private static OperatorAction until(long nanos, OperatorAction action) {
        return new OperatorAction(action.number(), action.scope(), action.order(), action.author(), null, nanos);
    }

    @Test
    void without_actions_nothing_is_ordered() {
        assertThat(OperatorOverlay.EMPTY.about(REPLICA)).isSameAs(ReplicaOrders.NONE);
        assertThat(standing()).isSameAs(Standing.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "REPLICA, p/m, MODEL, m",
        "MODEL, m, QUOTA_DOMAIN, org",
        "QUOTA_DOMAIN, org, PROVIDER, p",
        "REPLICA, p/m, PROVIDER, p"
    })
    void the_more_specific_scope_wins_also_if_it_came_first(
            Scope.Level specific, String id, Scope.Level wide, String wideId) {
        OperatorAction winner = action(1, new Scope(specific, id), DRAIN);

        assertThat(standing(action(2, new Scope(wide, wideId), STANDBY), winner).phase())
                .isEqualTo(winner);
    }

    @Test
    void of_two_as_specific_the_later_wins() {
        Replica shared = replica("p/m").domain("org").domain("region").build();
        OperatorAction later = action(8, Scope.quotaDomain("region"), STANDBY);

        assertThat(new OperatorOverlay(8, List.of(action(7, Scope.quotaDomain("org"), DRAIN), later))
                        .about(shared)
                        .at(0)
                        .phase())
                .isEqualTo(later);
    }

    @ParameterizedTest
    @CsvSource({"REPLICA, q/m", "MODEL, n", "QUOTA_DOMAIN, other", "PROVIDER, q"})
    void an_action_about_others_is_none_of_its_business(Scope.Level level, String id) {
        assertThat(standing(action(1, new Scope(level, id), DRAIN))).isSameAs(Standing.NONE);
    }

    @Test
    void an_action_ends_at_its_time_and_the_wider_one_counts_again() {
        OperatorAction wide = action(1, Scope.provider("p"), STANDBY);
        OperatorAction brief = until(100, action(2, Scope.replica("p/m"), DRAIN));

        assertThat(standing(99, wide, brief).phase()).isEqualTo(brief);
        assertThat(standing(100, wide, brief).phase()).isEqualTo(wide);
    }

    @Test
    void circuits_are_closed_by_a_reset_and_by_trust_and_by_nothing_else() {
        assertThat(new OperatorOrder.ResetCircuit().closesCircuits()).isTrue();
        assertThat(HEALTHY.closesCircuits()).isTrue();
        assertThat(UNHEALTHY.closesCircuits()).isFalse();
        assertThat(DRAIN.closesCircuits()).isFalse();
        assertThat(new OperatorOrder.SwitchRule(true).closesCircuits()).isFalse();
    }

    @Test
    void once_all_its_actions_have_ended_a_replica_stands_as_if_there_had_been_none() {
        OperatorAction brief = until(100, action(2, Scope.replica("p/m"), DRAIN));
        OperatorAction mark = until(100, action(3, Scope.replica("p/m"), UNHEALTHY));

        assertThat(standing(100, brief, mark)).isSameAs(Standing.NONE);
        assertThat(standing(99, brief)).isEqualTo(new Standing(brief, null));
        assertThat(standing(99, mark)).isEqualTo(new Standing(null, mark));
    }

    @Test
    void a_phase_taken_back_leaves_the_word_to_the_wider_scope() {
        OperatorAction wide = action(1, Scope.provider("p"), DRAIN);

        assertThat(standing(wide, action(2, Scope.replica("p/m"), new OperatorOrder.SetPhase(null)))
                        .phase())
                .isEqualTo(wide);
    }

    @Test
    void a_healthy_mark_shields_from_the_unhealthy_one_of_a_wider_scope() {
        OperatorAction wide = action(1, Scope.provider("p"), UNHEALTHY);

        assertThat(standing(wide).markedUnhealthy()).isEqualTo(wide);
        assertThat(standing(wide, action(2, Scope.replica("p/m"), HEALTHY)).markedUnhealthy())
                .isNull();
    }

    @Test
    void phase_and_mark_are_ordered_apart() {
        OperatorAction phase = action(1, Scope.replica("p/m"), DRAIN);
        OperatorAction mark = action(2, Scope.provider("p"), UNHEALTHY);

        assertThat(standing(phase, mark)).isEqualTo(new Standing(phase, mark));
    }

    @Test
    void in_force_are_phases_and_marks_until_they_end() {
        OperatorAction phase = until(100, action(1, Scope.model("m"), DRAIN));
        OperatorAction mark = action(2, Scope.provider("p"), UNHEALTHY);
        OperatorAction back = action(3, Scope.provider("p"), new OperatorOrder.SetPhase(null));
        OperatorAction reset = action(4, Scope.provider("p"), new OperatorOrder.ResetCircuit());
        OperatorOverlay overlay = new OperatorOverlay(4, List.of(reset, mark, back, phase));

        assertThat(overlay.inForce(99)).containsExactly(phase, mark);
        assertThat(overlay.inForce(100)).containsExactly(mark);
    }

    @Test
    void a_rule_and_the_strategy_are_no_business_of_replicas_and_in_force_unless_taken_back() {
        OperatorAction rule = action(1, Scope.rule("eu"), new OperatorOrder.SwitchRule(false));
        OperatorAction back = action(2, Scope.rule("us"), new OperatorOrder.SwitchRule(true));
        OperatorAction strategy = action(3, Scope.gateway(), OperatorOrder.parse("strategy", "cost"));
        OperatorAction phase = action(4, Scope.provider("p"), DRAIN);
        OperatorOverlay overlay = new OperatorOverlay(4, List.of(strategy, back, rule, phase));

        assertThat(overlay.inForce(0)).containsExactly(phase, rule, strategy);
        assertThat(standing(rule, back, strategy)).isSameAs(Standing.NONE);
        assertThat(new OperatorOverlay(
                                5, List.of(action(5, Scope.gateway(), OperatorOrder.parse("strategy", "configured"))))
                        .inForce(0))
                .isEmpty();
    }

    @Test
    void what_closes_circuits_is_found_by_its_number() {
        OperatorAction mark = action(2, Scope.replica("p/m"), HEALTHY);
        OperatorAction reset = action(4, Scope.provider("p"), new OperatorOrder.ResetCircuit());
        OperatorOverlay overlay = new OperatorOverlay(5, List.of(reset, mark, action(5, Scope.model("m"), UNHEALTHY)));

        assertThat(overlay.closingCircuitsAfter(0)).containsExactly(mark, reset);
        assertThat(overlay.closingCircuitsAfter(2)).containsExactly(reset);
        assertThat(overlay.closingCircuitsAfter(4)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "phase, active",
        "phase, standby",
        "phase, draining",
        "phase, configured",
        "mark, healthy",
        "mark, unhealthy",
        "circuit, reset",
        "rule, enabled",
        "rule, disabled",
        "strategy, least-requests",
        "strategy, one-of-our-own",
        "strategy, configured"
    })
    void an_order_is_read_as_it_is_written(String topic, String value) {
        OperatorOrder order = OperatorOrder.parse(topic, value);

        assertThat(order.topic().id()).isEqualTo(topic);
        assertThat(order.value()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "phase, resting, 'active, standby, draining, configured'",
        "mark, unknown, 'healthy, unhealthy'",
        "circuit, open, reset",
        "rule, off, 'enabled, disabled'",
        "strategy, the best, not a valid strategy id",
        "route, off, 'enabled, disabled'",
        "mood, good, 'phase, mark, circuit, rule, route, strategy'"
    })
    void an_unknown_order_is_refused_naming_the_known_ones(String topic, String value, String known) {
        assertThatThrownBy(() -> OperatorOrder.parse(topic, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(known);
    }

    @Test
    void a_rules_scope_and_the_gateways_have_ids_of_their_own() {
        assertThat(Scope.rule("EU only")).hasToString("rule 'EU only'");
        assertThat(Scope.Level.parse("gateway")).isEqualTo(Scope.gateway().level());
        assertThatThrownBy(() -> Scope.rule(" ")).hasMessageContaining("1 to 200 characters");
        assertThatThrownBy(() -> Scope.rule("x".repeat(201))).hasMessageContaining("1 to 200 characters");
        assertThatThrownBy(() -> new Scope(Scope.Level.GATEWAY, "west")).hasMessageContaining("none of all");
    }

    @Test
    void a_scope_needs_an_id_of_its_level() {
        assertThat(Scope.quotaDomain("org")).hasToString("quota domain 'org'");
        assertThat(Scope.Level.parse("quota_domain")).isEqualTo(Scope.Level.QUOTA_DOMAIN);
        assertThatThrownBy(() -> Scope.provider("No Such")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scope.Level.parse("tier"))
                .hasMessageContaining("replica, model, quota_domain, provider");
    }
}

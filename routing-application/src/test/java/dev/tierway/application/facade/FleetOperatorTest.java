package dev.tierway.application.facade;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.agents.AgentHolds;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.fixture.FakeExecutor;
import dev.tierway.application.fixture.FakeOperatorStore;
import dev.tierway.application.fixture.TestRules;
import dev.tierway.application.port.in.OperatorReceipt;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.application.service.OperatorService;
import dev.tierway.application.service.RuleSwitches;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.routing.Strategies;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Operating a fleet from Java. */
class FleetOperatorTest {
    private static final Scope WEST = Scope.provider("west");

    private final ManualClock clock = new ManualClock();
    private final FakeExecutor loop = new FakeExecutor(clock);
    private final FakeOperatorStore store = new FakeOperatorStore();
    private final ReplicaRegistry registry =
            Fleet.fleet().with(replica("west/gpt").phase(Phase.STANDBY)).registry();
    private final RoutingRules rules = new RoutingRules(List.of(TestRules.stay("eu")));
    private final RuleSwitches switches = new RuleSwitches(rules, Strategies.BUILT_IN, new AgentHolds());
    private final FleetOperator operator = new FleetOperator(
            new OperatorService(registry, switches, store, store, List.of(), clock::nanos, () -> 0, "gw-1"),
            loop,
            "java");

    private static String now(OperatorReceipt receipt) {
        OperatorReceipt.Operated one = receipt.replicas().getFirst();
        return one.phase() + (one.markedUnhealthy() ? ", unhealthy" : "");
    }

    @Test
    void every_verb_does_what_it_says() {
        assertThat(now(operator.drain(WEST))).isEqualTo("draining");
        assertThat(now(operator.activate(WEST)))
                .as("before the configured standby")
                .isEqualTo("active");
        assertThat(now(operator.standby(WEST))).isEqualTo("standby");
        assertThat(now(operator.drain(WEST))).isEqualTo("draining");
        assertThat(now(operator.asConfigured(WEST, null))).isEqualTo("standby");
        assertThat(now(operator.markUnhealthy(WEST))).isEqualTo("standby, unhealthy");
        assertThat(now(operator.markHealthy(WEST))).isEqualTo("standby");
        assertThat(operator.resetCircuit(WEST).action().value()).isEqualTo("reset");
        assertThat(operator.actions(100).recent())
                .hasSize(8)
                .allMatch(one -> one.author().equals("java"));
    }

    @Test
    void rules_and_the_strategy_are_switched_and_back() {
        assertThat(operator.disableRule("eu").warnings()).isEmpty();
        assertThat(rules.list().getFirst().enabled()).isFalse();
        operator.enableRule("eu");
        assertThat(rules.list().getFirst().enabled()).isTrue();
        operator.useStrategy(Strategy.COST);
        assertThat(rules.strategyOverride()).isEqualTo(Strategy.COST);
        operator.configuredStrategy(null);
        assertThat(rules.strategyOverride()).isNull();
        var ended = operator.disableRule("eu", Duration.ofHours(1), "wrong pattern");
        assertThat(ended.action().until()).isEqualTo("1970-01-01T01:00:00Z");
        assertThat(operator.useStrategy(Strategy.LATENCY, Duration.ofHours(1), null)
                        .action()
                        .value())
                .isEqualTo("latency");
    }

    @Test
    void an_order_carries_who_why_and_how_long() {
        var action = operator.as("ann")
                .drain(WEST, Duration.ofMinutes(30), "vendor is slow")
                .action();

        assertThat(action.author()).isEqualTo("ann");
        assertThat(action.reason()).isEqualTo("vendor is slow");
        assertThat(action.until()).isEqualTo("1970-01-01T00:30:00Z");
    }

    @Test
    void what_is_wrong_is_thrown_as_it_is() {
        assertThatThrownBy(() -> operator.drain(Scope.provider("wets")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Did you mean 'west'?");
        store.breakWith(new IllegalStateException("disk full"));
        assertThatThrownBy(() -> operator.drain(WEST)).hasRootCauseMessage("disk full");
    }

    @Test
    void an_event_loop_must_not_wait_and_orders_nothing() {
        loop.beEventLoop();

        assertThatThrownBy(() -> operator.drain(WEST)).isInstanceOf(IllegalStateException.class);
        assertThat(store.trail).isEmpty();
    }

    @Test
    void an_interrupted_wait_says_that_the_order_may_still_hold() {
        store.beSlow();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> operator.drain(WEST))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("may still come into force");
        assertThat(Thread.interrupted()).isTrue();
    }
}

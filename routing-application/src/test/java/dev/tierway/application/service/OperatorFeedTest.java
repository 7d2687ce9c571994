package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.agents.AgentHolds;
import dev.tierway.application.fixture.FakeExecutor;
import dev.tierway.application.fixture.FakeOperatorStore;
import dev.tierway.application.fixture.TestRules;
import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.routing.Strategies;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How soon orders from elsewhere are learned. */
class OperatorFeedTest {
    private final ManualClock clock = new ManualClock();
    private final FakeExecutor loop = new FakeExecutor(clock);
    private final FakeOperatorStore store = new FakeOperatorStore();
    private final ReplicaRegistry registry = Fleet.of("p/m").registry();
    private final RoutingRules rules = new RoutingRules(List.of(TestRules.stay("eu")));
    private final RuleSwitches switches = new RuleSwitches(rules, Strategies.BUILT_IN, new AgentHolds());
    private final OperatorService service = new OperatorService(
            registry, switches, store, store, List.of(), clock::nanos, () -> clock.nanos() / 1_000_000, "gw-1");
    private final OperatorFeed feed = new OperatorFeed(service, loop, clock::nanos);

    private void orderedElsewhere() {
        store.put(new GivenOrder(
                Scope.provider("p"), new OperatorOrder.SetPhase(Phase.DRAINING), "bob", null, 0, null, "gw-2"));
    }

    private Phase phase() {
        return new Past(registry, clock).view("p/m").phase();
    }

    @Test
    void what_is_ordered_elsewhere_is_in_force_here_within_two_seconds() {
        feed.start();
        loop.advance(Duration.ofMinutes(1));
        orderedElsewhere();

        loop.advance(Duration.ofSeconds(2));

        assertThat(phase()).isEqualTo(Phase.DRAINING);
    }

    @Test
    void a_store_that_has_not_answered_is_not_asked_again_until_it_has() {
        feed.start();
        store.beSlow();
        loop.advance(Duration.ofSeconds(10));
        assertThat(store.asked).isEqualTo(1);

        orderedElsewhere();
        store.answer();
        loop.advance(Duration.ofSeconds(2));

        assertThat(store.asked).isGreaterThan(1);
        assertThat(phase()).isEqualTo(Phase.DRAINING);
    }

    @Test
    void a_store_that_fails_is_asked_on() {
        feed.start();
        store.breakWith(new IllegalStateException("gone"));
        loop.advance(Duration.ofSeconds(10));
        store.breakWith(null);
        orderedElsewhere();

        loop.advance(Duration.ofSeconds(2));

        assertThat(phase()).isEqualTo(Phase.DRAINING);
    }

    @Test
    void a_disabled_rule_is_enabled_within_a_second_of_the_orders_end_though_the_store_is_slow() {
        long until = clock.nanos() / 1_000_000 + 30_000;
        feed.start();
        store.put(new GivenOrder(Scope.rule("eu"), new OperatorOrder.SwitchRule(false), "bob", null, 0, until, "gw-2"));
        loop.advance(Duration.ofSeconds(2));
        assertThat(rules.list().getFirst().enabled()).isFalse();
        store.beSlow();
        loop.advance(Duration.ofMillis(27_999));
        assertThat(rules.list().getFirst().enabled()).as("a millisecond before").isFalse();

        loop.advance(Duration.ofSeconds(1));

        assertThat(rules.list().getFirst().enabled()).isTrue();
    }

    @Test
    void once_closed_it_asks_no_more() {
        feed.start();
        feed.close();

        loop.advance(Duration.ofSeconds(10));

        assertThat(store.asked).isZero();
        assertThat(loop.timers()).isZero();
    }
}

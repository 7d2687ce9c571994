package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.agents.AgentHolds;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.fixture.FakeOperatorStore;
import dev.tierway.application.fixture.TestRules;
import dev.tierway.application.port.in.OperatorActionStatus;
import dev.tierway.application.port.in.OperatorCommand;
import dev.tierway.application.port.in.OperatorReceipt;
import dev.tierway.application.port.in.OverrideStatus;
import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorListener;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.routing.Strategies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules and the general strategy as operators order them. */
class OrderedSwitchesTest {
    private static final OperatorOrder OFF = new OperatorOrder.SwitchRule(false);
    private static final OperatorOrder ON = new OperatorOrder.SwitchRule(true);
    private static final OperatorOrder CONFIGURED = new OperatorOrder.UseStrategy(null);
    private static final Scope EU = Scope.rule("eu");

    private final ManualClock clock = new ManualClock();
    private final FakeOperatorStore store = new FakeOperatorStore();
    private final Instance one = new Instance("eu", "sql");

    /** One gateway. */
    private final class Instance implements OperatorListener {
        private final ReplicaRegistry registry = Fleet.of("west/gpt").registry();
        private final RoutingRules rules;
        private final List<String> notObeyed = new ArrayList<>();
        private final OperatorService service;

        private Instance(String... ids) {
            rules = new RoutingRules(List.of(ids).stream().map(TestRules::stay).toList());
            service = new OperatorService(
                    registry,
                    new RuleSwitches(rules, Strategies.BUILT_IN, new AgentHolds()),
                    store,
                    store,
                    List.of(this),
                    clock::nanos,
                    () -> clock.nanos() / 1_000_000,
                    "gw");
        }

        @Override
        public void notObeyed(NumberedOrder order, String why) {
            notObeyed.add(why);
        }

        private OperatorReceipt order(Scope scope, OperatorOrder order, @Nullable Duration lasting) {
            return service.operate(new OperatorCommand(scope, order, lasting, "wrong pattern", "ann"))
                    .toCompletableFuture()
                    .join();
        }

        private OperatorReceipt order(Scope scope, OperatorOrder order) {
            return order(scope, order, null);
        }

        private List<String> enabled() {
            return rules.list().stream()
                    .filter(RoutingRules.Standing::enabled)
                    .map(RoutingRules.Standing::id)
                    .toList();
        }

        private List<OperatorActionStatus> inForce() {
            return service.actions(1).toCompletableFuture().join().inForce();
        }
    }

    private static OperatorOrder use(Strategy strategy) {
        return new OperatorOrder.UseStrategy(strategy);
    }

    @Test
    void a_disabled_rule_is_off_stored_and_shown_until_it_is_enabled() {
        OperatorReceipt receipt = one.order(EU, OFF);

        assertThat(one.enabled()).containsExactly("sql");
        assertThat(receipt.warnings()).isEmpty();
        assertThat(receipt.replicas()).isEmpty();
        assertThat(one.inForce()).containsExactly(receipt.action());
        assertThat(receipt.action())
                .extracting(
                        OperatorActionStatus::scope,
                        OperatorActionStatus::id,
                        OperatorActionStatus::action,
                        OperatorActionStatus::value,
                        OperatorActionStatus::reason)
                .containsExactly("rule", "eu", "rule", "disabled", "wrong pattern");
        assertThat(store.trail).hasSize(1);

        one.order(EU, ON);

        assertThat(one.enabled()).containsExactly("eu", "sql");
        assertThat(one.inForce()).isEmpty();
    }

    @Test
    void a_strategy_is_in_force_and_shown_until_it_is_taken_back() {
        FleetQueries fleet = new FleetQueries(one.registry, Policies.policy()::build, one.rules, clock::nanos);

        one.order(Scope.gateway(), use(Strategy.COST), Duration.ofMinutes(1));

        assertThat(fleet.fleet().strategy()).isEqualTo("cost");
        assertThat(fleet.fleet().overrides())
                .containsExactly(new OverrideStatus(
                        "gateway",
                        "all",
                        "strategy",
                        "cost",
                        "ann",
                        "wrong pattern",
                        Duration.ofMinutes(1).toMillis()));
        one.order(Scope.gateway(), CONFIGURED);
        assertThat(one.rules.strategyOverride()).isNull();
        assertThat(fleet.fleet().overrides()).isEmpty();
    }

    @Test
    void an_order_ends_by_itself() {
        one.order(EU, OFF, Duration.ofMinutes(30));
        one.order(Scope.gateway(), use(Strategy.COST), Duration.ofMinutes(20));
        clock.advance(Duration.ofMinutes(30).minusMillis(1));
        one.service.obey();
        assertThat(one.enabled()).containsExactly("sql");
        assertThat(one.rules.strategyOverride()).isNull();

        clock.advance(Duration.ofMillis(1));
        one.service.obey();

        assertThat(one.enabled()).containsExactly("eu", "sql");
    }

    @Test
    void another_instance_and_a_restarted_one_follow() {
        Instance other = new Instance("eu");
        one.order(EU, OFF);
        one.order(Scope.gateway(), use(Strategy.LATENCY));

        other.service.refresh();
        Instance restarted = new Instance("eu");
        restarted.service.load().toCompletableFuture().join();

        for (Instance instance : List.of(other, restarted)) {
            assertThat(instance.enabled()).isEmpty();
            assertThat(instance.rules.strategyOverride()).isEqualTo(Strategy.LATENCY);
            assertThat(instance.notObeyed).isEmpty();
        }
    }

    @Test
    void where_an_order_cannot_be_obeyed_that_is_told_and_the_configured_strategy_stays() {
        one.order(Scope.rule("sql"), OFF);
        store.put(new GivenOrder(
                Scope.gateway(), use(new Strategy("last")), "ann", null, 0, null, "a program that brings it"));
        Instance other = new Instance("eu");

        other.service.load().toCompletableFuture().join();

        assertThat(other.rules.strategyOverride()).isNull();
        assertThat(other.notObeyed)
                .satisfiesExactly(
                        why -> assertThat(why).isEqualTo("There is no rule 'sql' here."),
                        why -> assertThat(why)
                                .startsWith("there is no strategy 'last' here; strategies are adaptive, priority"));
    }

    @Test
    void a_rule_that_is_gone_can_be_enabled_and_one_a_reload_brings_back_is_still_off() {
        one.order(EU, OFF);
        one.rules.swap(List.of(TestRules.stay("sql")));
        assertThat(one.enabled()).containsExactly("sql");
        one.rules.swap(List.of(TestRules.stay("eu")));
        assertThat(one.enabled()).isEmpty();

        one.rules.swap(List.of());

        assertThat(one.order(EU, ON).warnings()).containsExactly("There is no rule 'eu' here. Nothing has changed.");
    }

    @Test
    void what_the_program_switched_itself_stays_and_is_told() {
        one.rules.enable("eu", false);
        one.rules.overrideStrategy(Strategy.SINGLE);
        one.order(Scope.gateway(), use(Strategy.COST));
        assertThat(one.rules.strategyOverride()).as("the operator's").isEqualTo(Strategy.COST);

        assertThat(one.order(EU, ON).warnings())
                .containsExactly("Rule 'eu' stays off: the program has switched it off itself.");
        assertThat(one.order(Scope.gateway(), CONFIGURED).warnings())
                .containsExactly("The strategy is 'single', not the configured one: the program has set it itself.");
    }

    private void assertRefused(Scope scope, OperatorOrder order, @Nullable Duration lasting, String told) {
        assertThatThrownBy(() -> one.order(scope, order, lasting))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(told);
        assertThat(store.trail).isEmpty();
    }

    @Test
    void what_is_wrong_with_an_order_is_told_and_orders_nothing() {
        assertRefused(Scope.rule("ue"), OFF, null, "There is no rule 'ue'. Did you mean 'eu'? Rules are eu, sql.");
        assertRefused(
                Scope.gateway(),
                use(new Strategy("fastest")),
                null,
                "strategy: there is no strategy 'fastest' here; strategies are adaptive, priority, round-robin");
        assertRefused(EU, ON, Duration.ofMinutes(1), "for: this is done at once");
        assertRefused(Scope.gateway(), CONFIGURED, Duration.ofMinutes(1), "for: this is done at once");
        assertRefused(Scope.gateway(), OFF, null, "'rule' can't be ordered of a gateway");
        assertRefused(EU, use(Strategy.COST), null, "'strategy' can't be ordered of a rule");
        assertRefused(EU, new OperatorOrder.Mark(false), null, "'mark' can't be ordered of a rule");
        one.rules.swap(List.of());
        assertRefused(EU, OFF, null, "There is no rule 'eu'. No rules are configured.");
    }
}

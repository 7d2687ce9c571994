package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.agents.AgentHolds;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.fixture.FakeOperatorStore;
import dev.tierway.application.fixture.TestRules;
import dev.tierway.application.port.in.OperatorActionStatus;
import dev.tierway.application.port.in.OperatorCommand;
import dev.tierway.application.port.in.OperatorReceipt;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorListener;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.routing.Strategies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators' actions: checked, stored, in force, acknowledged; learned by the others. */
class OperatorServiceTest {
    private static final OperatorOrder DRAIN = new OperatorOrder.SetPhase(Phase.DRAINING);
    private static final OperatorOrder RESET = new OperatorOrder.ResetCircuit();
    private static final long EPOCH = 1_700_000_000_000L;

    private final ManualClock clock = new ManualClock();
    private long wallMillis = EPOCH;
    private final FakeOperatorStore store = new FakeOperatorStore();
    private final Instance one = new Instance("gw-1");

    /** One gateway with what its listener heard. */
    private final class Instance implements OperatorListener {
        private final ReplicaRegistry registry = Fleet.fleet()
                .with(replica("west/gpt").domain("org"))
                .with(replica("east/gpt").domain("org"))
                .with(replica("west/mini"))
                .domain("org")
                .registry();
        private final RoutingRules rules = new RoutingRules(List.of(TestRules.stay("eu"), TestRules.stay("sql")));
        private final Past past = new Past(registry, clock);
        private final List<String> heard = new ArrayList<>();
        private final OperatorService service;

        private Instance(String name) {
            service = new OperatorService(
                    registry,
                    new RuleSwitches(rules, Strategies.BUILT_IN, new AgentHolds()),
                    store,
                    store,
                    List.of(this),
                    clock::nanos,
                    () -> wallMillis,
                    name);
        }

        @Override
        public void ordered(NumberedOrder order, boolean here) {
            heard.add(order.given().order().value() + (here ? " here" : " elsewhere"));
        }

        @Override
        public void notObeyed(NumberedOrder order, String why) {
            heard.add(why);
        }

        @Override
        public void storeDown(Throwable why) {
            heard.add("down: " + why.getMessage());
        }

        @Override
        public void storeUp() {
            heard.add("up");
        }

        private Phase phase(String replica) {
            return past.view(replica).phase();
        }

        private OperatorReceipt order(Scope scope, OperatorOrder order) {
            return order(scope, order, null);
        }

        private OperatorReceipt order(Scope scope, OperatorOrder order, @Nullable Duration lasting) {
            return service.operate(new OperatorCommand(scope, order, lasting, "slow tonight", "ann"))
                    .toCompletableFuture()
                    .join();
        }
    }

    private void pass(Duration time) {
        clock.advance(time);
        wallMillis += time.toMillis();
    }

    @Test
    void an_order_is_in_force_stored_and_in_the_audit_trail_when_it_is_acknowledged() {
        OperatorReceipt receipt = one.order(Scope.provider("west"), DRAIN, Duration.ofMinutes(30));

        assertThat(one.phase("west/gpt")).isEqualTo(Phase.DRAINING);
        assertThat(one.phase("east/gpt")).isEqualTo(Phase.ACTIVE);
        OperatorActionStatus told = new OperatorActionStatus(
                "provider",
                "west",
                "phase",
                "draining",
                "ann",
                "slow tonight",
                "2023-11-14T22:13:20Z",
                "2023-11-14T22:43:20Z",
                "gw-1");
        assertThat(receipt.action()).isEqualTo(told);
        assertThat(receipt.replicas())
                .containsExactly(
                        new OperatorReceipt.Operated("west/gpt", "draining", false, "closed"),
                        new OperatorReceipt.Operated("west/mini", "draining", false, "closed"));
        assertThat(store.after(0).toCompletableFuture().join()).hasSize(1);
        var actions = one.service.actions(10).toCompletableFuture().join();
        assertThat(actions.inForce()).containsExactly(told);
        assertThat(actions.recent()).containsExactly(told);
        assertThat(one.heard).containsExactly("draining here");
    }

    @Test
    void nothing_is_acknowledged_or_in_force_before_it_is_durable() {
        store.beSlow();
        CompletableFuture<OperatorReceipt> answer = one.service
                .operate(new OperatorCommand(Scope.replica("west/gpt"), DRAIN, null, null, "ann"))
                .toCompletableFuture();
        assertThat(answer).isNotDone();
        assertThat(one.phase("west/gpt")).isEqualTo(Phase.ACTIVE);

        store.answer();

        assertThat(answer).isCompleted();
        assertThat(one.phase("west/gpt")).isEqualTo(Phase.DRAINING);
    }

    @Test
    void an_order_ends_by_itself_and_is_shown_no_more() {
        one.order(Scope.model("gpt"), DRAIN, Duration.ofMinutes(30));
        pass(Duration.ofMinutes(30).minusMillis(1));
        assertThat(one.phase("east/gpt")).isEqualTo(Phase.DRAINING);

        pass(Duration.ofMillis(1));

        assertThat(one.phase("east/gpt")).isEqualTo(Phase.ACTIVE);
        var actions = one.service.actions(10).toCompletableFuture().join();
        assertThat(actions.inForce()).isEmpty();
        assertThat(actions.recent()).hasSize(1);
    }

    @Test
    void an_end_follows_the_wall_clock_when_it_steps() {
        one.order(Scope.model("gpt"), DRAIN, Duration.ofMinutes(30));
        wallMillis += Duration.ofMinutes(20).toMillis();
        one.service.refresh();

        pass(Duration.ofMinutes(10));

        assertThat(one.phase("east/gpt")).isEqualTo(Phase.ACTIVE);
    }

    @Test
    void another_instance_learns_it_once() {
        Instance two = new Instance("gw-2");
        one.order(Scope.quotaDomain("org"), DRAIN);
        assertThat(two.phase("west/gpt")).isEqualTo(Phase.ACTIVE);

        two.service.refresh();
        two.service.refresh();

        assertThat(two.phase("west/gpt")).isEqualTo(Phase.DRAINING);
        assertThat(two.phase("west/mini")).isEqualTo(Phase.ACTIVE);
        assertThat(two.heard).containsExactly("draining elsewhere");
    }

    @Test
    void a_reset_reaches_every_instance_once_and_no_opening_that_came_later() {
        Instance two = new Instance("gw-2");
        two.past.failed("west/gpt", failure(FailureClass.TIMEOUT), 5);
        one.order(Scope.replica("west/gpt"), RESET);
        two.service.refresh();
        assertThat(two.past.view("west/gpt").circuit(clock.nanos())).isEqualTo(Circuit.Phase.CLOSED);

        two.past.failed("west/gpt", failure(FailureClass.TIMEOUT), 5);
        one.order(Scope.replica("east/gpt"), RESET);
        two.service.refresh();

        assertThat(two.past.view("west/gpt").circuit(clock.nanos())).isEqualTo(Circuit.Phase.OPEN);
    }

    @Test
    void after_a_restart_orders_are_in_force_again_and_no_reset_is_done_again() {
        one.order(Scope.replica("west/gpt"), RESET);
        one.order(Scope.provider("east"), DRAIN);

        Instance restarted = new Instance("gw-1b");
        restarted.service.load().toCompletableFuture().join();
        restarted.past.failed("west/gpt", failure(FailureClass.TIMEOUT), 5);
        restarted.service.refresh();

        assertThat(restarted.phase("east/gpt")).isEqualTo(Phase.DRAINING);
        assertThat(restarted.past.view("west/gpt").circuit(clock.nanos())).isEqualTo(Circuit.Phase.OPEN);
        assertThat(restarted.heard).as("no news").isEmpty();
    }

    @Test
    void a_reload_keeps_orders_and_those_of_what_is_gone_can_be_taken_back() {
        one.order(Scope.provider("west"), DRAIN);
        one.registry.swap(Fleet.of("east/gpt").catalogue());

        OperatorReceipt receipt = one.order(Scope.provider("west"), new OperatorOrder.SetPhase(null));

        assertThat(receipt.replicas()).isEmpty();
        assertThat(receipt.warnings()).containsExactly("No replica is of provider 'west': nothing has changed.");
        assertThat(one.service.actions(1).toCompletableFuture().join().inForce())
                .isEmpty();
    }

    @Test
    void an_order_the_storage_does_not_confirm_is_no_success_and_is_told_once() {
        store.breakWith(new IllegalStateException("disk full"));

        assertThatThrownBy(() -> one.order(Scope.provider("west"), DRAIN))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(OverloadedException.class)
                .hasMessageContaining("GET /admin/actions")
                .hasRootCauseMessage("disk full");
        one.service.refresh();
        assertThat(one.phase("west/gpt")).isEqualTo(Phase.ACTIVE);
        assertThat(one.heard).containsExactly("down: disk full");

        store.breakWith(null);
        one.service.refresh();
        one.service.refresh();
        assertThat(one.heard).containsExactly("down: disk full", "up");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROVIDER | wets | 1 | r | ann | There is no provider 'wets'. Did you mean 'west'? GET /admin/fleet"
                        + " lists",
                "REPLICA | west/gtp | 1 | r | ann | There is no replica 'west/gtp'. Did you mean 'west/gpt'?",
                "MODEL | nothing-like-it | 1 | r | ann | There is no model 'nothing-like-it'. GET /admin/fleet",
                "QUOTA_DOMAIN | orgs | 1 | r | ann | There is no quota domain 'orgs'. Did you mean 'org'?",
                "PROVIDER | west | 0 | r | ann | for: must be more than 0 and at most 3650d",
                "PROVIDER | west | -1 | r | ann | for: must be more than 0",
                "PROVIDER | west | 315360001 | r | ann | at most 3650d",
                "PROVIDER | west | 1 | long | ann | reason: at most 500 characters, not 501",
                "PROVIDER | west | 1 | lines | ann | reason: one line of text",
                "PROVIDER | west | 1 | r | ' ' | author: say who",
                "PROVIDER | west | 1 | r | lines | author: one line of text"
            })
    void what_is_wrong_with_an_order_is_told(
            Scope.Level level, String id, long seconds, String reason, String author, String message) {
        OperatorCommand command = new OperatorCommand(
                new Scope(level, id), DRAIN, Duration.ofSeconds(seconds), text(reason), text(author));

        assertThatThrownBy(() -> one.service.operate(command))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(message);
        assertThat(store.trail).isEmpty();
    }

    private static String text(String word) {
        return switch (word) {
            case "long" -> "x".repeat(501);
            case "lines" -> "one\ntwo";
            default -> word;
        };
    }

    @Test
    void what_is_done_once_has_no_end() {
        for (OperatorOrder once : List.of(RESET, new OperatorOrder.SetPhase(null))) {
            assertThatThrownBy(() -> one.order(Scope.provider("west"), once, Duration.ofMinutes(1)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("leave it out");
        }
    }

    @Test
    void a_list_has_one_to_a_thousand_entries() {
        for (int wrong : List.of(0, 1001)) {
            assertThatThrownBy(() -> one.service.actions(wrong)).isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void where_a_more_specific_order_stands_against_it_the_operator_is_told() {
        one.order(Scope.replica("west/gpt"), new OperatorOrder.SetPhase(Phase.ACTIVE));

        OperatorReceipt receipt = one.order(Scope.provider("west"), DRAIN);

        assertThat(one.phase("west/gpt")).isEqualTo(Phase.ACTIVE);
        assertThat(receipt.warnings())
                .containsExactly(
                        "Replica 'west/gpt' is active: ann has ordered so for replica 'west/gpt' (slow tonight).",
                        "Model 'mini' has no replica left that takes traffic.");
    }

    @Test
    void a_mark_that_does_not_hold_everywhere_is_told() {
        one.order(Scope.replica("west/gpt"), new OperatorOrder.Mark(true));

        assertThat(one.order(Scope.model("gpt"), new OperatorOrder.Mark(false)).warnings())
                .containsExactly("Replica 'west/gpt' is not marked unhealthy: ann has ordered so for replica 'west/gpt'"
                        + " (slow tonight).");
    }

    @Test
    void a_reset_behind_a_credentials_circuit_says_what_to_reset_instead() {
        one.past.failed("west/gpt", failure(FailureClass.CREDENTIAL), 1);

        for (OperatorOrder order : List.of(RESET, new OperatorOrder.Mark(true))) {
            assertThat(one.order(Scope.replica("west/gpt"), order).warnings())
                    .singleElement()
                    .asString()
                    .endsWith("reset the circuit of provider 'west'.");
        }
        assertThat(one.order(Scope.provider("west"), RESET).warnings()).isEmpty();
    }
}

package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.agents.AgentHolds;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.fixture.FakeOperatorStore;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.OperatorCommand;
import dev.tierway.application.port.in.OperatorReceipt;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.routing.Strategies;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Routes as operators order them. */
class OrderedRoutesTest {
    private static final OperatorOrder OFF = new OperatorOrder.SwitchRoute(false);
    private static final OperatorOrder ON = new OperatorOrder.SwitchRoute(true);

    private final FakeOperatorStore store = new FakeOperatorStore();
    private final TestApplication app = TestApplication.with(Fleet.fleet()
            .with(replica("a/m"))
            .with(replica("b/n"))
            .route(route("default", "m"))
            .route(route("fast", "m"))
            .route(route("gpt-*", "m"))
            .route(route("gpt-4*", "n")));
    private final OperatorService service = service();

    private static Route route(String name, String model) {
        return new Route(name, List.of(Target.model(model)), null, Timeouts.Override.NONE, true);
    }

    private OperatorService service() {
        return new OperatorService(
                app.registry,
                new RuleSwitches(app.rules, Strategies.BUILT_IN, new AgentHolds()),
                store,
                store,
                List.of(),
                app.clock::nanos,
                () -> app.clock.nanos() / 1_000_000,
                "gw");
    }

    private OperatorReceipt order(String route, OperatorOrder order, @Nullable Duration lasting) {
        return service.operate(new OperatorCommand(Scope.route(route), order, lasting, "wrong model", "ann"))
                .toCompletableFuture()
                .join();
    }

    private List<String> candidates(String address) {
        return app.service.explain(app.command(address, false)).features().ask().candidates().stream()
                .map(one -> one.id().value())
                .toList();
    }

    @Test
    void a_disabled_route_is_as_if_it_were_not_configured_and_says_who_disabled_it() {
        OperatorReceipt receipt = order("fast", OFF, null);

        assertThat(receipt.warnings()).isEmpty();
        assertThat(receipt.action().scope()).isEqualTo("route");
        assertThat(receipt.action().value()).isEqualTo("disabled");
        assertThatThrownBy(() -> candidates("fast"))
                .isInstanceOf(UnknownModelException.class)
                .hasMessageStartingWith(
                        "nothing is called 'fast'. Route 'fast' is off: ann has disabled it (wrong model).");
        assertThat(app.fleet().routes())
                .extracting(Route::name)
                .doesNotContain("fast")
                .hasSize(3);
    }

    @Test
    void until_it_is_enabled() {
        order("fast", OFF, null);
        order("fast", ON, null);

        assertThat(candidates("fast")).containsExactly("a/m");
        assertThat(app.fleet().routes()).hasSize(4);
    }

    @Test
    void or_until_its_end() {
        order("fast", OFF, Duration.ofMinutes(1));
        app.clock.advance(Duration.ofSeconds(61));
        service.obey();

        assertThat(candidates("fast")).containsExactly("a/m");
    }

    @Test
    void what_a_pattern_meant_the_next_shorter_one_means() {
        assertThat(candidates("gpt-4o")).containsExactly("b/n");
        order("gpt-4*", OFF, null);
        assertThat(candidates("gpt-4o")).containsExactly("a/m");
        order("gpt-*", OFF, null);

        assertThatThrownBy(() -> candidates("gpt-4o")).hasMessageContaining("Route 'gpt-4*' is off: ann");
    }

    @Test
    void auto_has_no_meaning_without_the_default_route() {
        order("default", OFF, null);

        assertThatThrownBy(() -> candidates("auto")).hasMessageContaining("Route 'default' is off: ann");
    }

    @Test
    void it_is_stored_and_holds_after_a_restart() {
        order("fast", OFF, null);
        order("fast", ON, null);
        order("fast", OFF, null);
        app.rules.obeyRoutes(new java.util.TreeMap<>());

        service().load().toCompletableFuture().join();

        assertThat(app.rules.routesOff()).containsOnlyKeys("fast");
        assertThat(store.trail).hasSize(3);
    }

    @Test
    void a_route_that_is_not_there_is_an_error_that_lists_them() {
        assertThatThrownBy(() -> order("fats", OFF, null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("There is no route 'fats'. Did you mean 'fast'? Routes are default, fast, gpt-*, gpt-4*.");
    }

    @Test
    void only_routes_are_switched_so() {
        assertThatThrownBy(() -> service.operate(new OperatorCommand(Scope.rule("x"), OFF, null, null, "ann")))
                .hasMessageContaining("can't be ordered of a rule");
        assertThatThrownBy(() -> service.operate(new OperatorCommand(
                        Scope.route("fast"), new OperatorOrder.SwitchRule(false), null, null, "ann")))
                .hasMessageContaining("can't be ordered of a route");
    }
}

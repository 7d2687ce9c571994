package dev.tierway.application.rules;

import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.access.Caller;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.RequestDetails;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Constraints;
import dev.tierway.domain.routing.Constraints.Local;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What rules make of calls. */
class RulesTest {
    private static final Fleet FLEET = Fleet.fleet()
            .with(model("big").tier(ModelTier.FRONTIER))
            .with(replica("a/m").tags("eu").region("eu-west"))
            .with(replica("b/m"))
            .with(replica("c/n").local())
            .with(replica("a/big"))
            .route(new Route(
                    "slow",
                    List.of(Target.model("n"), Target.model("m")),
                    Strategy.PRIORITY,
                    new Timeouts.Override(null, null, null, null, null, Duration.ofSeconds(900)),
                    false));

    private static Rule rule(String id, Narrowing narrowing, Direction direction, Condition... when) {
        return new Rule(id, List.of(when), narrowing, direction);
    }

    private static Rule to(String id, String address, Condition... when) {
        return rule(id, Narrowing.NONE, new Direction.Redirect(Target.parse(address)), when);
    }

    private static Narrowing narrowing(Local local, List<String> only, List<String> exclude, Double cap) {
        return new Narrowing(List.of(), List.of(), null, local, only, exclude, cap, null, null);
    }

    private static Selection explain(String address, CallOptions options, Rule... rules) {
        TestApplication app = TestApplication.with(FLEET, rules);
        return app.service.explain(app.command(Target.parse(address), false, options));
    }

    private static List<String> eligible(Selection selection) {
        return selection.rounds().getFirst().choice().verdicts().stream()
                .filter(Choice.Verdict::eligible)
                .map(verdict -> verdict.replica().replica().id().value())
                .toList();
    }

    private static List<String> candidates(Selection selection) {
        return selection.features().ask().candidates().stream()
                .map(one -> one.id().value())
                .toList();
    }

    @Test
    void the_first_that_holds_applies_alone() {
        Rule never = to("never", "big", new Condition.Stream(true));
        Selection selection = explain("tier:mid", CallOptions.NONE, never, to("first", "n"), to("second", "m"));

        assertThat(selection.features().ask().ruling().rule()).isEqualTo("first");
        assertThat(candidates(selection)).containsExactly("c/n");
    }

    @Test
    void a_redirect_keeps_the_address_and_takes_the_other_targets_route_with_its_settings() {
        Selection selection = explain("m", CallOptions.NONE, to("r", "slow"));
        Ask ask = selection.features().ask();

        assertThat(ask.address()).isEqualTo("m");
        assertThat(ask.route()).isEqualTo("slow");
        assertThat(candidates(selection)).containsExactly("c/n", "a/m", "b/m");
        assertThat(selection.policy().strategy().id()).isEqualTo(Strategy.PRIORITY);
        assertThat(selection.policy().spillover().attempts()).isEqualTo(1);
        assertThat(selection.policy().timeouts().total()).isEqualTo(Duration.ofSeconds(900));
    }

    @Test
    void a_redirect_to_a_replica_pins_nobody() {
        Ask ask =
                explain("tier:mid", CallOptions.NONE, to("r", "b/m")).features().ask();

        assertThat(ask.candidates()).hasSize(1);
        assertThat(ask.pinned()).isFalse();
    }

    @Test
    void a_pinned_replica_is_never_touched() {
        Selection selection = explain("b/m", CallOptions.NONE, to("r", "n"));

        assertThat(selection.features().ask().ruling()).isNull();
        assertThat(candidates(selection)).containsExactly("b/m");
    }

    @Test
    void a_redirect_away_from_tiers_forgets_the_permission_to_escalate() {
        CallOptions permitted =
                CallOptions.builder().escalateTo(ModelTier.FRONTIER).build();

        assertThat(explain("tier:mid", permitted, to("r", "n")).features().ask().escalation())
                .isEmpty();
        assertThat(explain("tier:mid", permitted, to("r", "tier:mid"))
                        .features()
                        .ask()
                        .escalation())
                .hasSize(1);
    }

    @Test
    void tags_capabilities_and_region_are_required_on_top_of_the_callers() {
        Narrowing demand = new Narrowing(
                List.of("eu"),
                List.of(Capability.JSON),
                "eu-west",
                Local.ALLOWED,
                List.of(),
                List.of(),
                null,
                null,
                null);
        CallOptions callers =
                CallOptions.builder().require(List.of("tools", "gold")).build();
        var features = explain("tier:mid", callers, rule("r", demand, new Direction.Stay()))
                .features();

        assertThat(features.needs()).containsExactly(Capability.TOOLS, Capability.JSON);
        assertThat(features.constraints().tags()).containsExactly("eu", "gold");
        assertThat(features.constraints().region()).isEqualTo("eu-west");
    }

    @Test
    void only_lets_in_what_the_caller_does_too() {
        Rule only = rule("r", narrowing(Local.ALLOWED, List.of("b", "n"), List.of(), null), new Direction.Stay());

        assertThat(eligible(explain("tier:mid", CallOptions.NONE, only))).containsExactlyInAnyOrder("b/m", "c/n");
        CallOptions callers = CallOptions.builder().only(List.of("m")).build();
        assertThat(eligible(explain("tier:mid", callers, only))).containsExactly("b/m");
        CallOptions nobody = CallOptions.builder().only(List.of("a/m")).build();
        assertThat(eligible(explain("tier:mid", nobody, only))).isEmpty();
    }

    @Test
    void exclusions_add_up() {
        Rule rule = rule("r", narrowing(Local.ALLOWED, List.of(), List.of("b"), null), new Direction.Stay());
        CallOptions callers = CallOptions.builder().exclude(List.of("n")).build();

        assertThat(eligible(explain("tier:mid", callers, rule))).containsExactly("a/m");
    }

    @Test
    void local_is_what_both_allow() {
        Rule required = rule("r", narrowing(Local.REQUIRED, List.of(), List.of(), null), new Direction.Stay());
        CallOptions disabled = CallOptions.builder().local(Local.DISABLED).build();

        assertThat(eligible(explain("tier:mid", CallOptions.NONE, required))).containsExactly("c/n");
        assertThat(eligible(explain("tier:mid", disabled, required))).isEmpty();
        Rule forbidden = rule("r", narrowing(Local.DISABLED, List.of(), List.of(), null), new Direction.Stay());
        CallOptions local = CallOptions.builder().local(Local.REQUIRED).build();
        assertThat(eligible(explain("tier:mid", local, forbidden))).isEmpty();
    }

    @Test
    void the_lower_price_cap_counts() {
        Rule rule = rule("r", narrowing(Local.ALLOWED, List.of(), List.of(), 0.5), new Direction.Stay());

        assertThat(cap(CallOptions.NONE, rule)).isEqualTo(0.5);
        assertThat(cap(CallOptions.builder().maxCostUsd(0.1).build(), rule)).isEqualTo(0.1);
        assertThat(cap(CallOptions.builder().maxCostUsd(9).build(), rule)).isEqualTo(0.5);
    }

    private static Double cap(CallOptions options, Rule rule) {
        return explain("tier:mid", options, rule).features().constraints().maxCostUsd();
    }

    @Test
    void strategy_and_optimize_are_the_callers_then_the_rules_then_the_routes() {
        Narrowing ranking = new Narrowing(
                List.of(),
                List.of(),
                null,
                Constraints.Local.ALLOWED,
                List.of(),
                List.of(),
                null,
                Strategy.COST,
                CallOptions.Optimize.COST);
        Rule rule = rule("r", ranking, new Direction.Stay());

        var ruled = explain("slow", CallOptions.NONE, rule).policy();
        assertThat(ruled.strategy().id()).isEqualTo(Strategy.COST);
        assertThat(ruled.latencyValueUsdPerSecond()).isZero();
        CallOptions asked = CallOptions.builder()
                .strategy(Strategy.LATENCY)
                .optimize(CallOptions.Optimize.INTERACTIVE)
                .build();
        var callers = explain("slow", asked, rule).policy();
        assertThat(callers.strategy().id()).isEqualTo(Strategy.LATENCY);
        assertThat(callers.latencyValueUsdPerSecond()).isEqualTo(0.01);
    }

    @Test
    void the_general_strategy_can_be_overridden_while_running() {
        TestApplication app = TestApplication.with(FLEET);

        app.rules.overrideStrategy(Strategy.ROUND_ROBIN);
        assertThat(app.fleet().fleet().strategy()).isEqualTo("round-robin");
        assertThat(app.service
                        .explain(app.command("m", false))
                        .policy()
                        .strategy()
                        .id())
                .isEqualTo(Strategy.ROUND_ROBIN);
        assertThat(app.service
                        .explain(app.command("slow", false))
                        .policy()
                        .strategy()
                        .id())
                .as("a route's own")
                .isEqualTo(Strategy.PRIORITY);
        app.rules.overrideStrategy(null);
        assertThat(app.fleet().fleet().strategy()).isEqualTo("adaptive");
    }

    @Test
    void a_rule_can_be_switched_while_running() {
        TestApplication app = TestApplication.with(FLEET, to("r", "n"));

        app.rules.enable("r", false);
        assertThat(app.service.explain(app.command("m", false)).features().ask().ruling())
                .isNull();
        assertThat(app.rules.list()).containsExactly(new RoutingRules.Standing("r", "conditional", false, List.of()));
        app.rules.enable("r", true);
        assertThat(app.service.explain(app.command("m", false)).features().ask().ruling())
                .isNotNull();
    }

    @Test
    void a_rule_that_is_not_there_cannot_be_switched() {
        RoutingRules rules = new RoutingRules(List.of(to("eu", "n")));

        assertThatThrownBy(() -> rules.enable("ue", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no rule 'ue'; rules: eu");
    }

    @Test
    void what_is_switched_off_stays_off_when_the_configuration_changes() {
        RoutingRules rules = new RoutingRules(List.of(to("eu", "n"), to("us", "n")));
        rules.enable("eu", false);
        rules.enable("us", false);

        rules.swap(List.of(to("new", "m"), to("eu", "m")));

        assertThat(rules.list())
                .extracting(RoutingRules.Standing::id, RoutingRules.Standing::enabled)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("new", true),
                        org.assertj.core.groups.Tuple.tuple("eu", false));
    }

    @Test
    void text_is_extracted_once_and_only_if_a_rule_asks_for_it() {
        AtomicInteger extracted = new AtomicInteger();
        RequestDetails details = new RequestDetails() {
            @Override
            public String header(String name) {
                return null;
            }

            @Override
            public String text(int mostBytes) {
                assertThat(mostBytes).isEqualTo(65_536);
                extracted.incrementAndGet();
                return "nothing of that";
            }
        };
        Condition content = new Condition.Content(List.of("SELECT"), List.of(), List.of());
        Rule streams = to("streams", "n", content, new Condition.Stream(true));
        explain(details, streams);
        assertThat(extracted).as("another condition failed").hasValue(0);

        explain(details, to("one", "n", content), to("two", "n", content));
        assertThat(extracted).hasValue(1);
    }

    private static void explain(RequestDetails details, Rule... rules) {
        TestApplication app = TestApplication.with(FLEET, rules);
        CallCommand plain = app.command("m", false);
        app.service.explain(new CallCommand(
                plain.target(), plain.payload(), plain.facts(), plain.options(), "req", Caller.ANYONE, details));
    }
}

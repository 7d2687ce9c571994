package dev.tierway.domain.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.operator.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings and names at their bounds. */
class SettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static RetrySettings retry(double share, int minimum, Duration maxRest) {
        return new RetrySettings(share, minimum, true, maxRest);
    }

    @Test
    void a_retry_budget_is_between_nothing_and_ten_attempts_per_call() {
        assertThat(retry(0, 0, Duration.ZERO).budgetShare()).isZero();
        assertThat(retry(10, 0, SECOND).budgetShare()).isEqualTo(10);
        assertThatThrownBy(() -> retry(-0.1, 0, SECOND)).hasMessageContaining("budget must be 0 % to 1000 %");
        assertThatThrownBy(() -> retry(10.1, 0, SECOND)).hasMessageContaining("budget must be 0 % to 1000 %");
        assertThatThrownBy(() -> retry(Double.NaN, 0, SECOND)).hasMessageContaining("budget must be 0 % to 1000 %");
        assertThatThrownBy(() -> retry(0.2, -1, SECOND)).hasMessageContaining("minimum 0 or more");
        assertThatThrownBy(() -> retry(0.2, 0, Duration.ofNanos(-1))).hasMessageContaining("max-rest");
    }

    @Test
    void what_a_level_says_of_retrying_goes_before_the_level_above_and_the_rest_stays() {
        RetrySettings base = RetrySettings.DEFAULTS;

        assertThat(RetrySettings.Override.NONE.over(base)).isEqualTo(base);
        assertThat(new RetrySettings.Override(0.5, null, null, null).over(base))
                .isEqualTo(new RetrySettings(0.5, base.budgetMinimum(), base.repeat(), base.maxRest()));
        assertThat(new RetrySettings.Override(null, 9, null, null).over(base))
                .isEqualTo(new RetrySettings(base.budgetShare(), 9, base.repeat(), base.maxRest()));
        assertThat(new RetrySettings.Override(null, null, false, null).over(base))
                .isEqualTo(new RetrySettings(base.budgetShare(), base.budgetMinimum(), false, base.maxRest()));
        assertThat(new RetrySettings.Override(null, null, null, SECOND.multipliedBy(3)).over(base))
                .isEqualTo(new RetrySettings(
                        base.budgetShare(), base.budgetMinimum(), base.repeat(), Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "first-token", "idle", "spill", "total"})
    void every_clock_must_run(String name) {
        for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> new Timeouts.Override(
                                    name.equals("connect") ? bad : null,
                                    name.equals("first-token") ? bad : null,
                                    null,
                                    name.equals("idle") ? bad : null,
                                    name.equals("spill") ? bad : null,
                                    name.equals("total") ? bad : null)
                            .over(Timeouts.DEFAULTS))
                    .hasMessageContaining("timeout " + name + " must be more than 0");
        }
    }

    private static CircuitSettings circuit(
            int failures, double rate, Duration window, int minimum, Duration open, int probes, Duration ramp) {
        return new CircuitSettings(failures, rate, window, minimum, open, open, probes, ramp);
    }

    @Test
    void a_circuit_may_be_as_strict_or_as_lenient_as_numbers_go() {
        assertThat(circuit(1, 0, SECOND, 1, SECOND, 1, Duration.ZERO).successRate())
                .isZero();
        assertThat(circuit(1, 1, SECOND, 1, SECOND, 1, Duration.ZERO).successRate())
                .isEqualTo(1);
    }

    @Test
    void a_circuit_that_could_not_work_is_refused() {
        assertThatThrownBy(() -> circuit(0, 0.8, SECOND, 1, SECOND, 1, SECOND)).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> circuit(1, 0.8, SECOND, 0, SECOND, 1, SECOND)).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> circuit(1, 0.8, SECOND, 1, SECOND, 0, SECOND)).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> circuit(1, -0.1, SECOND, 1, SECOND, 1, SECOND)).hasMessageContaining("success-rate");
        for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> circuit(1, 0.8, bad, 1, SECOND, 1, SECOND)).hasMessageContaining("more than 0");
            assertThatThrownBy(() -> circuit(1, 0.8, SECOND, 1, bad, 1, SECOND)).hasMessageContaining("more than 0");
        }
        assertThatThrownBy(() -> circuit(1, 0.8, SECOND, 1, SECOND, 1, Duration.ofSeconds(-1)))
                .hasMessageContaining("ramp not negative");
    }

    private static Route route(String name, Integer... weights) {
        return new Route(
                name,
                List.of(Target.model("a"), Target.model("b")),
                List.of(weights),
                null,
                Timeouts.Override.NONE,
                true);
    }

    @Test
    void a_route_has_a_weight_of_one_or_more_for_every_target_or_none() {
        assertThat(route("r").weights()).isEmpty();
        assertThat(route("r", 1, 9).weights()).containsExactly(1, 9);
        assertThatThrownBy(() -> route("r", 1)).hasMessageContaining("every target needs a weight of 1 or more");
        assertThatThrownBy(() -> route("r", 1, 2, 3)).hasMessageContaining("every target needs a weight");
        assertThatThrownBy(() -> route("r", 1, 0)).hasMessageContaining("every target needs a weight");
    }

    @Test
    void only_a_name_that_ends_in_a_star_is_a_pattern() {
        assertThat(route("claude-*").isPattern()).isTrue();
        assertThat(route("claude-*").prefix()).isEqualTo("claude-");
        assertThat(route("claude").isPattern()).isFalse();
        assertThat(route("cl*ude").isPattern()).isFalse();
    }

    @Test
    void ids_hold_every_letter_and_digit_and_nothing_beside_them() {
        assertThat(Ids.isName("az09")).isTrue();
        assertThat(Ids.isName("0z9a")).isTrue();
        assertThat(Ids.isPath("AZaz09")).isTrue();
        assertThat(Ids.isPath("Z/A")).isTrue();
        for (String beside : List.of("`", "{", "/", ":", "@", "[")) {
            assertThat(Ids.isPath(beside + "a")).as(beside).isFalse();
            assertThat(Ids.isName("a" + beside)).as(beside).isFalse();
        }
        assertThat(Ids.isName("Az")).isFalse();
    }

    @Test
    void a_strategy_is_named_like_other_things() {
        assertThatThrownBy(() -> new Strategy("Best One")).hasMessageContaining("is not a valid strategy id");
    }

    @Test
    void a_tier_that_is_not_written_is_unknown() {
        assertThatThrownBy(() -> Target.parse("tier:/code")).hasMessageContaining("unknown tier ''");
    }

    @Test
    void ids_are_ordered_by_their_text_and_shown_as_it() {
        assertThat(new ReplicaId("a/m")).isLessThan(new ReplicaId("b/m"));
        assertThat(new ModelId("b")).isGreaterThan(new ModelId("a"));
        assertThat(new ProviderId("a")).isLessThan(new ProviderId("b"));
        assertThat(new QuotaDomainId("b")).isGreaterThan(new QuotaDomainId("a"));
        assertThat(UseCase.CHAT).isLessThan(UseCase.CODE).hasToString("chat");
    }

    @Test
    void a_catalogue_tells_its_routes_and_models() {
        Route route = route("r");
        Catalogue catalogue =
                Fleet.of("p/m").with(Models.model("other")).route(route).catalogue();

        assertThat(catalogue.routes()).containsExactly(route);
        assertThat(catalogue.model(new ModelId("other")))
                .isEqualTo(Models.model("other").build());
        assertThat(catalogue.model(new ModelId("none"))).isNull();
    }

    @Test
    void a_provider_of_one_letter_serves_unlisted_models_as_any_other_and_no_id_is_no_provider() {
        Catalogue catalogue = Fleet.fleet().passthrough("h").catalogue();

        assertThat(catalogue.unlisted("h/x").upstreamModel()).isEqualTo("x");
        assertThat(catalogue.unlisted("H/x")).isNull();
    }

    @Test
    void what_unlisted_models_share_has_its_ids_to_itself() {
        Catalogue catalogue = Fleet.fleet().passthrough("hub").catalogue();
        Passthrough passthrough = catalogue.passthroughs().iterator().next();
        LogicalModel sameName = Models.model(passthrough.model().id().value()).build();

        assertThatThrownBy(() -> new Catalogue(
                        catalogue.providers(),
                        List.of(sameName),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(passthrough)))
                .hasMessageContaining("its ids for itself");
    }

    @Test
    void rules_names_have_two_hundred_characters_at_most() {
        assertThat(Scope.rule("x".repeat(200)).id()).hasSize(200);
        assertThat(Scope.Level.values())
                .filteredOn(Scope.Level::ofReplicas)
                .containsExactly(
                        Scope.Level.REPLICA, Scope.Level.MODEL, Scope.Level.QUOTA_DOMAIN, Scope.Level.PROVIDER);
        assertThat(Scope.rule("eu").covers(Replicas.replica("eu/eu").build())).isFalse();
    }
}

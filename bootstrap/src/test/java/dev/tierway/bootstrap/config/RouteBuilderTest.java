package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.UseCase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RouteBuilderTest {
    private final Catalogue catalogue = Configs.parsed(Configs.SMALLEST + """
        routes:
          default: tier:mid
          list: { targets: [m, p/m, plain], strategy: priority }
          plain: tier:mid/chat
          tuned: { to: m, strategy: cost, timeouts: { total: 9s, idle: 8s }, spillover: false }
          alias: tuned
          retuned: { to: tuned, strategy: latency, timeouts: { idle: 7s } }
          "m-*": { to: tuned }
        """).catalogue();

    private Route route(String name) {
        return catalogue.route(name);
    }

    @Test
    void targets_are_tiers_models_and_replicas() {
        assertThat(route("default").targets()).containsExactly(Target.tier(ModelTier.MID, UseCase.CHAT));
        assertThat(route("list").targets())
                .containsExactly(Target.model("m"), Target.replica("p/m"), Target.tier(ModelTier.MID, UseCase.CHAT));
        assertThat(route("list").strategy()).isEqualTo(Strategy.PRIORITY);
    }

    @Test
    void a_route_to_a_route_has_its_targets_and_settings() {
        assertThat(route("alias").targets()).containsExactly(Target.model("m"));
        assertThat(route("alias").strategy()).isEqualTo(Strategy.COST);
        assertThat(route("alias").spill()).isFalse();
        assertThat(route("alias").timeouts()).isEqualTo(route("tuned").timeouts());
    }

    @Test
    void its_own_settings_win() {
        assertThat(route("retuned").strategy()).isEqualTo(Strategy.LATENCY);
        assertThat(route("retuned").spill()).isFalse();
        assertThat(route("retuned").timeouts().idle()).isEqualTo(Duration.ofSeconds(7));
        assertThat(route("retuned").timeouts().total()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void routes_spill_unless_told_otherwise() {
        assertThat(route("plain").spill()).isTrue();
        assertThat(route("plain").strategy()).isNull();
    }

    @Test
    void a_prefix_is_found_by_what_begins_with_it() {
        assertThat(catalogue.patternFor("m-2026")).isEqualTo(route("m-*"));
        assertThat(catalogue.patternFor("x")).isNull();
    }
}

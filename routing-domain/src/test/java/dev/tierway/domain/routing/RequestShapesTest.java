package dev.tierway.domain.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ProbeResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a request and a policy can't be. */
class RequestShapesTest {
    private static final ModelId MODEL = new ModelId("m");

    @Test
    void token_estimates_have_a_low_and_a_high_side() {
        TokenEstimate tokens = new TokenEstimate(1000, null, 1);

        assertThat(tokens.inputLow(MODEL)).isEqualTo(800);
        assertThat(tokens.inputHigh(MODEL)).isEqualTo(1200);
        assertThat(new TokenEstimate(0, null, 1).inputHigh(MODEL)).isZero();
        for (Runnable bad : List.<Runnable>of(
                () -> new TokenEstimate(-1, null, 1),
                () -> new TokenEstimate(1, -1L, 1),
                () -> new TokenEstimate(1, null, 0))) {
            assertThatThrownBy(bad::run).hasMessage("token estimate out of range");
        }
    }

    @Test
    void at_most_sixteen_prefixes_are_kept_each_with_its_tokens() {
        long[] hashes = {1, 2};
        PrefixHashes prefixes = new PrefixHashes(hashes, new int[] {10, 20});
        hashes[0] = 99;

        assertThat(prefixes.size()).isEqualTo(2);
        assertThat(prefixes.hash(0)).isEqualTo(1);
        assertThat(prefixes.tokens(1)).isEqualTo(20);
        assertThat(prefixes)
                .isEqualTo(new PrefixHashes(new long[] {1, 2}, new int[] {10, 20}))
                .hasSameHashCodeAs(new PrefixHashes(new long[] {1, 2}, new int[] {10, 20}))
                .isNotEqualTo(new PrefixHashes(new long[] {1, 2}, new int[] {10, 21}))
                .isNotEqualTo(PrefixHashes.NONE);
        assertThatThrownBy(() -> new PrefixHashes(new long[17], new int[17])).hasMessageContaining("at most 16");
        assertThatThrownBy(() -> new PrefixHashes(new long[1], new int[2])).hasMessageContaining("same length");
    }

    @Test
    void a_pinned_call_has_exactly_one_candidate() {
        var candidates = List.copyOf(Fleet.of("a/m", "b/m").catalogue().replicas());

        assertThatThrownBy(() -> new Ask("x", Ask.Level.REPLICA, null, null, candidates, List.of(), Map.of()))
                .hasMessage("a pinned call has exactly one candidate");
        assertThat(Requests.pinned(Fleet.of("a/m").catalogue(), "a/m")
                        .build()
                        .ask()
                        .pinned())
                .isTrue();
    }

    @Test
    void a_policy_refuses_nonsense() {
        assertThatThrownBy(() -> Policies.policy().weights(-1, 1, 1, 1)).hasMessage("weights must be 0 or more");
        assertThatThrownBy(() -> Policies.policy().weights(1, 1, 1, Double.NaN))
                .hasMessage("weights must be 0 or more");
        assertThatThrownBy(() -> Policies.policy().exploration(0.6).build()).hasMessageContaining("0 % and 50 %");
        assertThatThrownBy(() -> Policies.policy().latencyValue(-1).build()).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> Policies.policy().attempts(0, 3)).hasMessageContaining("attempts must be 1 to 20");
        assertThatThrownBy(() -> Policies.policy().attempts(21, 3)).hasMessageContaining("attempts must be 1 to 20");
        assertThatThrownBy(() -> Policies.policy().attempts(4, 0)).hasMessageContaining("attempts-per-model");
        assertThatThrownBy(() -> Policies.policy().retryBudget(-0.1, 3)).hasMessageContaining("retry-budget");
        assertThat(RoutingPolicy.Spillover.DEFAULTS.single().attempts()).isEqualTo(1);
    }

    @Test
    void the_kinds_of_reasons_have_names() {
        assertThat(List.of(Rejection.Kind.values()).stream().map(Rejection.Kind::id))
                .containsExactly("fit", "policy", "capacity", "health");
        assertThat(new Rejection.UnhealthyByProbe(7, ProbeResult.TIMED_OUT).untilNanos())
                .isEqualTo(7);
        assertThat(new Rejection.UnhealthyByProbe(7, ProbeResult.TIMED_OUT).kind())
                .isEqualTo(Rejection.Kind.HEALTH);
        assertThat(new Rejection.BudgetExhausted("b").kind()).isEqualTo(Rejection.Kind.POLICY);
    }
}

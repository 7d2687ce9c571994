package dev.tierway.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizingTest {
    private static final TraceFacts FACTS = TraceFacts.of(Traces.poisson(2000, 5, 1));
    private final SimulatedFleet fleet = BuiltInFleet.fleet();
    private final Sizing sizing = new Sizing(fleet, FACTS);

    @Test
    void capacity_is_littles_law_where_no_limit_binds() {
        double byHand = 0;
        for (var replica : fleet.candidates()) {
            double seconds = 1.25 * fleet.paceOf(replica).meanNanos(FACTS.meanInput(), 0, FACTS.meanOutput()) / 1e9;
            byHand += replica.concurrency() / 1.5 / seconds;
        }
        assertThat(sizing.callsPerSecond(1)).isCloseTo(byHand, within(1e-6));
    }

    @Test
    void tokens_per_minute_bind_for_long_prompts_with_short_answers() {
        TraceFacts code = TraceFacts.of(Traces.poisson(2000, 5, 2000, 20, 1));
        double tokensPerMinute = 1250.0 * (210 + 370 + 360 + 90 + 225 + 190);
        assertThat(new Sizing(fleet, code).callsPerSecond(1))
                .isCloseTo(tokensPerMinute / 60 / (code.meanInput() + code.meanOutput()), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.7, 0.9, 1.1})
    void the_fleet_is_scaled_until_the_trace_asks_for_that_share(double load) {
        assertThat(FACTS.callsPerSecond() / sizing.callsPerSecond(sizing.scaleFor(load)))
                .isCloseTo(load, within(1e-6));
    }

    @Test
    void the_first_provider_has_a_fifth_of_the_capacity_and_can_be_done_without_at_70_percent_but_not_at_90() {
        double left = sizing.callsPerSecond(1, List.of(0, 3)) / sizing.callsPerSecond(1);
        assertThat(left).isBetween(0.78, 0.82);
        assertThat(new SizedFleet(fleet, FACTS, 0.7).canDoWithout(List.of(0, 3)))
                .isTrue();
        assertThat(new SizedFleet(fleet, FACTS, 0.9).canDoWithout(List.of(0, 3)))
                .isFalse();
    }

    @Test
    void a_load_of_nothing_and_traces_without_calls_or_order_are_refused() {
        assertThatThrownBy(() -> sizing.scaleFor(0)).hasMessageContaining("load must be more than 0");
        assertThatThrownBy(() -> TraceFacts.of(new Trace("none", List.of()))).hasMessageContaining("has no calls");
        Arrival late = new Arrival(5, 1, 1, List.of());
        Arrival early = new Arrival(0, 1, 1, List.of());
        assertThatThrownBy(() -> TraceFacts.of(new Trace("mixed", List.of(late, early))))
                .hasMessageContaining("not sorted");
    }

    @Test
    void production_is_told_the_limits_that_vendors_really_have() {
        SizedFleet sized = new SizedFleet(fleet, FACTS, 0.7);
        var catalogue = sized.catalogue(Configuration.NORMAL);
        assertThat(catalogue.replicas()).hasSize(6);
        double scale = sizing.scaleFor(0.7);
        for (var domain : fleet.catalogue().quotaDomains()) {
            var scaled = catalogue.quotaDomain(domain.id());
            assertThat((double) scaled.limits().getFirst().amount())
                    .isCloseTo(scale * domain.limits().getFirst().amount(), within(1.0));
        }
    }
}

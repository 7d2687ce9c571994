package dev.tierway.simulation.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.simulation.Arrival;
import dev.tierway.simulation.Trace;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrafficTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Trace HOUR = new Trace(
            "hour",
            IntStream.range(0, 3_600)
                    .mapToObj(i -> new Arrival(i * SECOND, i, 1, List.of()))
                    .toList());

    @Test
    void a_seed_picks_a_window_of_a_longer_trace_and_always_the_same() {
        Recorded recorded = Recorded.of(HOUR);

        for (long seed = 0; seed < 50; seed++) {
            List<Arrival> calls = recorded.calls(seed).arrivals();
            assertThat(calls).hasSizeBetween(599, 601);
            assertThat(calls.getFirst().atNanos()).isZero();
            assertThat(calls.getLast().atNanos()).isLessThan(600 * SECOND);
            assertThat(recorded.calls(seed)).isEqualTo(recorded.calls(seed));
        }
        assertThat(LongStream.range(0, 50)
                        .map(seed -> recorded.calls(seed).arrivals().getFirst().inputTokens())
                        .summaryStatistics())
                .satisfies(starts -> {
                    assertThat(starts.getMin()).isLessThan(500);
                    assertThat(starts.getMax()).isGreaterThan(2_500);
                });
    }

    @Test
    void a_shorter_trace_is_run_whole() {
        assertThat(new Recorded(HOUR, Duration.ofHours(2)).calls(7)).isEqualTo(HOUR);
    }

    @Test
    void a_window_in_a_silence_has_the_call_after_it() {
        Trace gap = new Trace(
                "gap", List.of(new Arrival(0, 1, 1, List.of()), new Arrival(100_000 * SECOND, 2, 2, List.of())));

        assertThat(Recorded.of(gap).calls(3).arrivals()).containsExactly(new Arrival(0, 2, 2, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "bursty", "bursty:rate=20,minutes=30,burst=10"})
    void generated_traffic_has_the_rate_and_the_sizes_asked_for(String text) {
        GeneratedShape shape = GeneratedShape.parse(text);
        Generated traffic = new Generated(shape);
        List<Arrival> calls = LongStream.range(0, 40)
                .mapToObj(traffic::calls)
                .flatMap(trace -> trace.arrivals().stream())
                .toList();

        double expected = shape.rate() * shape.minutes() * 60 * 40;
        assertThat((double) calls.size()).isBetween(0.93 * expected, 1.07 * expected);
        assertThat(median(calls.stream().mapToInt(Arrival::outputTokens))).isBetween(115.0, 125.0);
        assertThat(calls.stream().filter(call -> !call.blocks().isEmpty()).count())
                .isBetween(calls.size() * 48L / 100, calls.size() * 52L / 100);
        assertThat(calls).allMatch(call -> call.inputTokens() > call.blocks().size() * 512);
        assertThat(traffic.name()).isEqualTo(text);
    }

    @Test
    void bursty_traffic_varies_more_than_poissons() {
        assertThat(dispersion("bursty")).isGreaterThan(5);
        assertThat(dispersion("poisson")).isBetween(0.7, 1.3);
    }

    @Test
    void generated_traffic_is_the_same_for_the_same_seed_sorted_and_another_for_another() {
        Generated traffic = new Generated(GeneratedShape.parse("bursty"));

        assertThat(traffic.calls(1)).isEqualTo(traffic.calls(1)).isNotEqualTo(traffic.calls(2));
        assertThat(traffic.calls(1).arrivals()).extracting(Arrival::atNanos).isSorted();
        assertThat(traffic.calls(1).arrivals().getFirst().atNanos()).isZero();
    }

    @Test
    void hardly_any_traffic_is_still_one_call() {
        Generated traffic = new Generated(GeneratedShape.parse("poisson:rate=0.01,minutes=0.1"));

        assertThat(LongStream.range(0, 20).mapToObj(traffic::calls))
                .allMatch(trace -> !trace.arrivals().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "poisson:speed=3 | 'speed=3' is no parameter of poisson traffic; write poisson:NAME=NUMBER,... with"
                        + " rate",
                "poisson:burst=3 | 'burst=3' is no parameter of poisson traffic",
                "poisson:rate | 'rate' has no number; write rate=NUMBER",
                "poisson:rate=fast | has no number",
                "poisson:rate=0 | rate may be 0.01 to 10000, not 0.0",
                "poisson:rate=NaN | rate may be",
                "poisson:rate=1000,minutes=60 | rate and minutes make 3600000 calls of a run, more than 200000",
                "bursty:burst=3,burst=4 | 'burst' is given twice",
                "bursty: | is no parameter",
                "steady | 'steady' is neither poisson nor bursty",
            })
    void a_wrong_parameter_is_told(String text, String told) {
        assertThatThrownBy(() -> GeneratedShape.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told);
    }

    /** Variance over mean of the calls per 10 s; 1 if they are independent. */
    private static double dispersion(String text) {
        Trace trace = new Generated(GeneratedShape.parse(text + ":minutes=300")).calls(11);
        long[] counts = new long[1_800];
        trace.arrivals().forEach(call -> counts[(int) (call.atNanos() / (10 * SECOND))]++);
        double mean = LongStream.of(counts).average().orElseThrow();
        return LongStream.of(counts)
                        .mapToDouble(count -> (count - mean) * (count - mean))
                        .average()
                        .orElseThrow()
                / mean;
    }

    private static double median(IntStream values) {
        int[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }
}

package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files made to hang, or to fill the memory of, whoever reads them. The timeouts are generous: they tell for ever from soon. */
final class HostileConfigTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static List<String> problemsSoon(String text) {
        return assertTimeoutPreemptively(SOON, () -> Configs.problemsIn(text));
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void thousands_of_unknown_targets_end_in_a_bounded_report() {
        List<String> problems = problemsSoon(Configs.SMALLEST + "routes:\n" + lines(5000, i -> "  a" + i + ": b" + i));

        assertThat(problems).hasSize(1001);
        assertThat(problems.getLast()).isEqualTo(" and 4000 more problems");
    }

    @Test
    void a_long_chain_of_routes_is_refused_whichever_way_it_is_declared() {
        String forwards = lines(20_000, i -> "  a" + i + ": a" + (i + 1)) + "  a20000: m\n";
        String backwards = "  a0: m\n" + lines(20_000, i -> "  a" + (i + 1) + ": a" + i);

        assertThat(problemsSoon(Configs.SMALLEST + "routes:\n" + forwards))
                .isNotEmpty()
                .anyMatch(problem -> problem.contains("leads through more than 16 routes"));
        assertThat(problemsSoon(Configs.SMALLEST + "routes:\n" + backwards))
                .isNotEmpty()
                .anyMatch(problem -> problem.contains("leads through more than 16 routes"));
    }

    @Test
    void sixteen_routes_in_a_row_are_enough() {
        assertThat(problemsSoon(
                        Configs.SMALLEST + "routes:\n" + lines(15, i -> "  a" + i + ": a" + (i + 1)) + "  a15: m\n"))
                .isEmpty();
        assertThat(problemsSoon(
                        Configs.SMALLEST + "routes:\n" + lines(16, i -> "  a" + i + ": a" + (i + 1)) + "  a16: m\n"))
                .containsExactly("4:7: routes.a0: leads through more than 16 routes; point it further along");
    }

    @Test
    void routes_that_multiply_are_refused() {
        String tree = lines(12, i -> "  a" + i + ": { targets: [" + ("a" + (i + 1) + ", ").repeat(10) + "m] }");

        assertThat(problemsSoon(Configs.SMALLEST + "routes:\n" + tree + "  a12: m\n"))
                .isNotEmpty()
                .allMatch(problem -> problem.contains("makes more than 1000 targets of one route"));
    }

    @Test
    void keys_and_values_of_absurd_length_are_not_repeated_in_full() {
        String long1 = "x".repeat(400_000);
        String long2 = "x".repeat(399_999);

        assertThat(problemsSoon("{\"" + long1 + "\": 1, \"routes\": {\"" + long2 + "\": \"" + long2 + "y\"}}"))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).hasSizeLessThan(2000));
        assertThat(problemsSoon(Configs.SMALLEST + "server: { bind: " + long1 + " }"))
                .contains("3:17: server.bind: must not be longer than 16384 characters");
    }

    @Test
    void a_long_key_above_many_values_does_not_fill_the_memory() {
        String name = "x".repeat(40_000);

        assertThat(problemsSoon("{\"" + name + "\": [" + "1,".repeat(150_000) + "1]}"))
                .hasSize(3);
    }
}

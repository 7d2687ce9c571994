package dev.tierway.adapter.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.http.Redactor;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.FailureClass.Charge;
import dev.tierway.domain.failure.FailureClass.Health;
import dev.tierway.domain.failure.FailureClass.Spill;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** docs/reference/failure-classes.md says what the code does, row by row. */
class FailureClassesDocTest {
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "."), "..", "docs", "reference", "failure-classes.md");
    private static final int CONSEQUENCES = 8;
    private static final int CODES = 3;
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private static final Map<Spill, List<String>> SPILL = Map.of(
            Spill.NO, List.of("no", "no"),
            Spill.YES, List.of("no", "yes"),
            Spill.YES_OR_REPEAT, List.of("once", "yes"),
            Spill.LARGER_WINDOW, List.of("no", "larger window"),
            Spill.BY_SETTING, List.of("no", "by setting"));
    private static final Map<Health, List<String>> HEALTH = Map.of(
            Health.IGNORED, List.of("no", "no"),
            Health.COUNTS, List.of("counts", "no"),
            Health.COOLS_DOWN, List.of("no", "yes"),
            Health.COUNTS_AND_COOLS_DOWN, List.of("counts", "yes"),
            Health.OPENS_PROVIDER, List.of("opens for the provider, 5 s to 300 s", "no"),
            Health.OPENS_PROVIDER_LONG, List.of("opens for the provider, 5 min to 1 h", "no"),
            Health.OPENS_REPLICA_LONG, List.of("opens for the replica, 5 min to 1 h", "no"));
    private static final Map<Charge, String> CHARGE = Map.of(
            Charge.REFUND, "refund",
            Charge.REPORTED, "reported",
            Charge.UNKNOWN, "unknown",
            Charge.BY_PROCESSED, "by outcome");

    private final ErrorClassifier errors = new ErrorClassifier(new Redactor(List.of()));

    @Test
    void every_class_has_its_row_in_the_order_of_the_code() throws IOException {
        assertThat(rows(CONSEQUENCES).stream().map(row -> quoted(row.getFirst()).getFirst()))
                .containsExactlyElementsOf(Arrays.stream(FailureClass.values())
                        .map(FailureClass::id)
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> every_row_says_what_the_class_does() throws IOException {
        return rows(CONSEQUENCES).stream()
                .map(row -> DynamicTest.dynamicTest(row.getFirst(), () -> {
                    FailureClass failure = byId(quoted(row.getFirst()).getFirst());
                    assertThat(row.subList(2, 4)).as("repeated, spills").isEqualTo(SPILL.get(failure.spill()));
                    assertThat(row.subList(4, 6)).as("circuit, cooldown").isEqualTo(HEALTH.get(failure.health()));
                    assertThat(row.get(6)).as("charge").isEqualTo(CHARGE.get(failure.charge()));
                    assertThat(row.get(7))
                            .as("the caller sees")
                            .startsWith(failure.httpStatus() + " `" + failure.code() + "`");
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_status_that_is_named_leads_to_its_class() throws IOException {
        Pattern status = Pattern.compile("\\b([45]\\d\\d)\\b");
        return rows(CONSEQUENCES).stream().flatMap(row -> {
            Matcher named = status.matcher(row.get(1).replace("403 that names a model", ""));
            return named.results()
                    .map(found -> DynamicTest.dynamicTest(found.group() + " " + row.getFirst(), () -> {
                        int code = Integer.parseInt(found.group(1));
                        assertThat(errors.refusal(code, new byte[0], null, 0)
                                        .failureClass()
                                        .id())
                                .isEqualTo(quoted(row.getFirst()).getFirst());
                    }));
        });
    }

    @TestFactory
    Stream<DynamicTest> every_code_and_every_phrase_leads_to_its_class() throws IOException {
        return rows(CODES).stream().flatMap(row -> {
            String expected = quoted(row.getFirst()).getFirst();
            Stream<String> codes = quoted(row.get(1)).stream().map(code -> "{\"error\":{\"code\":\"" + code + "\"}}");
            Stream<String> words =
                    quoted(row.get(2)).stream().map(text -> "{\"error\":{\"message\":\"Sorry: " + text + ".\"}}");
            return Stream.concat(codes, words)
                    .map(body -> DynamicTest.dynamicTest(
                            body,
                            () -> assertThat(errors.refusal(400, body.getBytes(StandardCharsets.UTF_8), null, 0)
                                            .failureClass()
                                            .id())
                                    .isEqualTo(expected)));
        });
    }

    @Test
    void the_page_leaves_out_no_code_the_classifier_knows() throws IOException {
        List<String> named = rows(CODES).stream()
                .flatMap(row -> Stream.concat(quoted(row.get(1)).stream(), quoted(row.get(2)).stream()))
                .map(code -> code.toLowerCase(java.util.Locale.ROOT))
                .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(ErrorClassifier.everythingItKnows());
    }

    private static FailureClass byId(String id) {
        return Arrays.stream(FailureClass.values())
                .filter(failure -> failure.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    /** The rows of the table with that many columns, without its head. */
    private static List<List<String>> rows(int columns) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .filter(row -> row.size() == columns)
                .toList();
    }
}

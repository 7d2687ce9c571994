package dev.tierway.application.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.docs.ReferencePage;
import dev.tierway.application.docs.SampleCall;
import dev.tierway.application.docs.Samples;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/reference/error-codes.md says neither less nor more than the code. */
final class ErrorCodesReferenceTest {
    private static final List<List<String>> ROWS =
            ReferencePage.named("error-codes.md").tables("status");
    private static final List<String> MODULES =
            List.of("routing-domain", "routing-application", "adapters-http", "adapters-persistence", "bootstrap");
    /** A status followed by its code, as every place that makes an error writes them. */
    private static final Pattern STATUS_AND_CODE =
            Pattern.compile("\\b([45]\\d\\d),\\s*(?:\\w+ \\? \"([a-z_]+)\" : )?\"([a-z_]+)\"");
    /** The decoder's own short form; its status is 400. */
    private static final Pattern PROBLEM = Pattern.compile("\\bproblem\\(\"([a-z_]+)\"");

    static Stream<CallResult> failures() {
        return Samples.of(CallResult.class).stream()
                .filter(result -> !(result instanceof CallResult.Answer || result instanceof CallResult.Broken));
    }

    static Stream<CallResult> breaks() {
        return Samples.of(CallResult.class).stream().filter(CallResult.Broken.class::isInstance);
    }

    @Test
    void the_codes_in_the_sources_are_those_on_the_page() throws IOException {
        Set<String> inSources = new TreeSet<>();
        for (Path source : sources()) {
            String text = ReferencePage.read(source);
            STATUS_AND_CODE.matcher(text).results().forEach(found -> {
                inSources.add(found.group(1) + " " + found.group(3));
                if (found.group(2) != null) {
                    inSources.add(found.group(1) + " " + found.group(2));
                }
            });
            PROBLEM.matcher(text).results().forEach(found -> inSources.add("400 " + found.group(1)));
        }
        List<String> documented =
                ROWS.stream().map(row -> row.get(0) + " " + row.get(1)).toList();
        assertThat(documented).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(inSources);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void what_java_throws_for_a_failed_call_is_on_the_page(CallResult result) {
        TierwayException thrown = Errors.of(endingIn(result));
        assertThat(ROWS)
                .as("%d %s", thrown.httpStatus(), thrown.code())
                .filteredOn(row -> row.get(0).equals(Integer.toString(thrown.httpStatus())))
                .filteredOn(row -> row.get(1).equals(thrown.code()))
                .singleElement()
                .satisfies(row ->
                        assertThat(exceptions(row)).contains(thrown.getClass().getSimpleName()));
    }

    @Test
    void the_exceptions_on_the_page_are_those_that_exist() throws IOException {
        Set<String> documented = new TreeSet<>();
        ROWS.forEach(row -> documented.addAll(exceptions(row)));
        Path folder = ReferencePage.root().resolve("routing-application/src/main/java/dev/tierway/application/error");
        try (Stream<Path> files = Files.list(folder)) {
            List<String> existing = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Exception.java") && !name.equals("TierwayException.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList();
            assertThat(documented).containsExactlyInAnyOrderElementsOf(existing);
        }
    }

    private static List<String> exceptions(List<String> row) {
        return row.get(2).equals("–") ? List.of() : List.of(row.get(2).split(",\\s*"));
    }

    private static Selection endingIn(CallResult result) {
        Selection some = SampleCall.byTier(Phase.DRAINING).dryRun();
        return new Selection(
                some.identity(),
                some.generation(),
                some.seed(),
                some.features(),
                some.policy(),
                some.rounds(),
                result,
                List.of());
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files =
                    Files.walk(ReferencePage.root().resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}

package dev.tierway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.docs.ReferencePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/client-faults.md names every fault, and tests that are there. */
final class ClientFaultsPageTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");
    private static final int FAULTS = 15;

    private static Map<String, Path> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(ReferencePage.root())) {
            return files.filter(file -> file.toString().matches(".*[/\\\\]src[/\\\\]test[/\\\\].*(Test|IT)\\.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> file,
                            (one, other) -> one));
        }
    }

    @Test
    void every_fault_has_a_row_with_a_test() {
        List<List<String>> rows = ReferencePage.named("client-faults.md").tables("#");

        assertThat(rows.stream().map(List::getFirst).distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, FAULTS).mapToObj(n -> "C" + n).toList());
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.get(3)).as(row.toString()).matches("\\w+(Test|IT)\\b.*"));
    }

    @Test
    void every_test_that_is_named_is_there() throws IOException {
        Map<String, Path> classes = testClasses();
        Matcher named = TEST.matcher(ReferencePage.named("client-faults.md").text());
        int count = 0;
        while (named.find()) {
            assertThat(classes).containsKey(named.group(1));
            if (named.group(2) != null) {
                assertThat(ReferencePage.read(classes.get(named.group(1))))
                        .as(named.group())
                        .contains("void " + named.group(2) + "(");
            }
            count++;
        }
        assertThat(count).isGreaterThan(FAULTS);
    }
}

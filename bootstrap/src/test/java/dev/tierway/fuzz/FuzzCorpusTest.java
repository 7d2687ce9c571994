package dev.tierway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every input that fuzzing kept, once more, with each build. */
class FuzzCorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "fuzz");

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void no_input_that_was_kept_breaks_it(FuzzTarget target) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(CORPUS.resolve(target.id()))) {
            inputs = files.sorted().toList();
        }
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            byte[] bytes = Files.readAllBytes(input);
            assertThatCode(() -> target.feed(bytes)).as(input.toString()).doesNotThrowAnyException();
        }
    }
}

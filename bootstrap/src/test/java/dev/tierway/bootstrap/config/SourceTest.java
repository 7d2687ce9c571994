package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceTest {
    @TempDir
    Path folder;

    private static String problemOf(Path file) {
        assertThat(GatewayConfig.validate(file, Map.of())).hasSize(1);
        return GatewayConfig.validate(file, Map.of()).getFirst().toString();
    }

    @Test
    void a_file_that_does_not_exist_says_how_to_begin() {
        Path file = folder.resolve("no.yaml");

        assertThat(problemOf(file))
                .isEqualTo(
                        file + ": there is no such file; make one with `tierway init`, or name another with --config");
    }

    @Test
    void a_directory_is_no_configuration() {
        assertThat(problemOf(folder))
                .isEqualTo(folder + ": is a directory, not a file; name the file in it, e.g. "
                        + folder.resolve("tierway.yaml"));
    }

    @Test
    void an_unreadable_file_is_a_problem_and_no_stack_trace() throws IOException {
        Path below = Files.writeString(folder.resolve("file"), "x").resolve("tierway.yaml");

        assertThat(problemOf(below)).isEqualTo(below + ": can't be read (FileSystemException)");
    }

    @Test
    void a_file_of_another_encoding_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE4});

        assertThat(problemOf(file)).isEqualTo(file + ": is not UTF-8 text");
    }

    @Test
    void a_file_of_absurd_size_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("huge.yaml"), new byte[(1 << 20) + 1]);

        assertThat(problemOf(file)).isEqualTo(file + ": is larger than 1 MiB");
    }

    @Test
    void loading_what_cannot_be_used_throws_all_of_it() throws IOException {
        Path file = Files.writeString(folder.resolve("tierway.yaml"), "providers: 1\nmodels: 2\n");

        assertThatThrownBy(() -> GatewayConfig.load(file, Map.of()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(file + ":1:12: providers: must be a list of providers, not a number\n" + file
                        + ":2:9: models: must be a list of models, not a number")
                .extracting(e -> ((InvalidConfigException) e).problems())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(ConfigProblem.class))
                .extracting(ConfigProblem::line)
                .containsExactly(1, 2);
    }
}

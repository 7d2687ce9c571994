package dev.tierway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files stay readable; above all the nine that a newcomer reads first. */
class SourceSizesTest {
    private static final int MOST_ON_THE_PATH = 199;
    private static final int MOST_AT_ALL = 350;
    private static final int MOST_OF_NINE_IN_TEN = 200;
    private static final int MEDIAN = 70;

    /** The folder all modules are in. */
    private static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("routing-domain"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(project())) {
            for (Path module : modules.sorted().toList()) {
                Path main = module.resolve("src/main/java");
                if (Files.isDirectory(main)) {
                    try (Stream<Path> files = Files.walk(main)) {
                        files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                                .forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }

    private static int lines(Path file) throws IOException {
        return Files.readAllLines(file).size();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adapters-http/src/main/java/dev/tierway/adapter/http/CallEndpoint.java",
                "routing-application/src/main/java/dev/tierway/application/service/CallService.java",
                "routing-application/src/main/java/dev/tierway/application/service/CallDriver.java",
                "routing-domain/src/main/java/dev/tierway/domain/call/RoutedCall.java",
                "routing-domain/src/main/java/dev/tierway/domain/routing/TierAwareModelSelector.java",
                "routing-domain/src/main/java/dev/tierway/domain/routing/EligibilityFilter.java",
                "routing-domain/src/main/java/dev/tierway/domain/routing/ReplicaScorer.java",
                "routing-domain/src/main/java/dev/tierway/domain/routing/SpilloverPolicy.java",
                "routing-application/src/main/java/dev/tierway/application/port/out/ProviderTransport.java"
            })
    void the_reading_path_is_nine_short_files(String file) throws IOException {
        assertThat(lines(project().resolve(file))).isLessThanOrEqualTo(MOST_ON_THE_PATH);
    }

    @Test
    void no_file_is_long() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path source : sources()) {
            if (lines(source) > MOST_AT_ALL) {
                tooLong.add(project().relativize(source) + ": " + lines(source) + " lines");
            }
        }

        assertThat(tooLong).isEmpty();
    }

    @Test
    void nine_in_ten_have_two_hundred_lines_at_most_and_half_of_them_seventy() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (Path source : sources()) {
            sizes.add(lines(source));
        }
        sizes.sort(null);

        assertThat(sizes).hasSizeGreaterThan(300);
        assertThat(sizes.get(sizes.size() * 9 / 10)).isLessThanOrEqualTo(MOST_OF_NINE_IN_TEN);
        assertThat(sizes.get(sizes.size() / 2)).isLessThanOrEqualTo(MEDIAN);
    }
}

package dev.tierway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Looks for inputs that break a parser: {@code mvn -Pfuzz -pl bootstrap -am test}, a minute each (property
 * {@code fuzz.seconds}). What it finds new is left in {@code target/fuzz}; what breaks something makes it fail and belongs
 * into the corpus. Each target has a JVM of its own, since Jazzer can't fuzz two in one.
 */
class JazzerFuzzing {
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final long SECONDS = Long.getLong("fuzz.seconds", 60);
    private static final long PATIENCE_SECONDS = 120;

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void a_minute_finds_nothing_that_breaks_it(FuzzTarget target) throws Exception {
        Path found = Files.createDirectories(
                        BASE.resolve("target").resolve("fuzz").resolve(target.id()))
                .toAbsolutePath();
        Path log = found.resolveSibling(target.id() + ".log");
        Process jazzer = new ProcessBuilder(command(target, found))
                .directory(found.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(jazzer.waitFor(SECONDS + PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(jazzer.exitValue()).as("see %s:%n%s", log, last(log)).isZero();
    }

    private static List<String> command(FuzzTarget target, Path found) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:-OmitStackTraceInFastThrow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type.getName(),
                "--instrumentation_includes=dev.tierway.**",
                "--custom_hook_includes=dev.tierway.**",
                "-max_total_time=" + SECONDS,
                "-max_len=4096",
                "-timeout=60",
                found.toString(),
                BASE.resolve("src/test/resources/fuzz")
                        .resolve(target.id())
                        .toAbsolutePath()
                        .toString());
    }

    private static String last(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
}

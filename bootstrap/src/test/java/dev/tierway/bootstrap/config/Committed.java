package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the repository that are made from the code: compared, or with -Dtierway.regenerate=true written. */
final class Committed {
    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));

    private Committed() {}

    static Path path(String fromModule) {
        return MODULE.resolve(fromModule).normalize();
    }

    static String read(String fromModule) {
        try {
            return Files.readString(path(fromModule));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void assertUpToDate(String fromModule, String made) {
        if (Boolean.getBoolean("tierway.regenerate")) {
            try {
                Files.writeString(path(fromModule), made);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(read(fromModule))
                .as("%s is out of date: run this test with -Dtierway.regenerate=true", fromModule)
                .isEqualTo(made);
    }
}

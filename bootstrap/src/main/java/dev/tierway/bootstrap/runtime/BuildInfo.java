package dev.tierway.bootstrap.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this build is. */
public record BuildInfo(String version, String commit, String commitTime, boolean dirty) {
    private static final String FILE = "/tierway-build.properties";

    /** @throws UncheckedIOException if the jar is damaged */
    public static BuildInfo read() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(FILE)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return new BuildInfo(
                properties.getProperty("version", "unknown"),
                properties.getProperty("commit", "unknown"),
                properties.getProperty("time", "unknown"),
                Boolean.parseBoolean(properties.getProperty("dirty", "false")));
    }
}

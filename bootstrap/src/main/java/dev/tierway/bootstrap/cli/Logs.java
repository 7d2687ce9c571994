package dev.tierway.bootstrap.cli;

import org.jspecify.annotations.Nullable;

/**
 * Chooses how to log, before the first logger is made: a gateway writes JSON for machines, every other command warnings
 * for people; both to standard error. Who names a configuration of Logback's own gets that.
 */
final class Logs {
    private static final String PROPERTY = "logback.configurationFile";
    /** `json` or `text`. */
    private static final String FORMAT = "TIERWAY_LOG_FORMAT";

    private static final String FOLDER = "dev/tierway/bootstrap/cli/";

    private Logs() {}

    private static String configuration(String command, @Nullable String format) {
        boolean json = format == null ? command.equals("serve") : !format.equalsIgnoreCase("text");
        return json ? "logback-serve.xml" : command.equals("serve") ? "logback-serve-text.xml" : "logback-command.xml";
    }

    static void choose(String command) {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, FOLDER + configuration(command, System.getenv(FORMAT)));
        }
    }
}

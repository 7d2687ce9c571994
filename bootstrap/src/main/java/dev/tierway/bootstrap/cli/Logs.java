package dev.tierway.bootstrap.cli;

/**
 * Chooses how to log, before the first logger is made: a gateway writes JSON for machines, every other command warnings
 * for people; both to standard error. Who names a configuration of Logback's own gets that.
 */
final class Logs {
    private static final String PROPERTY = "logback.configurationFile";
    private static final String FOLDER = "dev/tierway/bootstrap/cli/";

    private Logs() {}

    static void choose(String command) {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(
                    PROPERTY, FOLDER + (command.equals("serve") ? "logback-serve.xml" : "logback-command.xml"));
        }
    }
}

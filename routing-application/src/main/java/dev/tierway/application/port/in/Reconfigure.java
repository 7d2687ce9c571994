package dev.tierway.application.port.in;

import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Puts another configuration in force while calls run. Orders are followed one after the other; a refused one changes nothing.
 * Calls under way keep the configuration they began with.
 */
public interface Reconfigure {
    /** Reads the configuration's file again. */
    CompletionStage<ConfigOutcome> reload(ConfigOrder order);

    /** Puts an earlier configuration in force again, under a new number. The file stays as it is, and a restart reads the file. */
    CompletionStage<ConfigOutcome> rollback(long to, ConfigOrder order);

    /** Those that were put in force, newest first; at most {@code limit}, which is 1 or more. */
    CompletionStage<List<ConfigGeneration>> history(int limit);
}

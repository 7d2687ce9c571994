package dev.tierway.application.explain;

import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.PluginUse;

/** Words for people about what plugins did. */
public final class PluginWords {
    private PluginWords() {}

    /** Of one that changed something, or broke. */
    public static String warning(PluginUse use) {
        String detail = use.detail() == null ? "" : ": " + use.detail();
        if (use.outcome() == PluginUse.Outcome.FAILED) {
            return "plugin '" + use.plugin() + "' failed (" + use.stage().id() + ")" + detail;
        }
        boolean request = use.stage() == PluginStage.BEFORE_ROUTING || use.stage() == PluginStage.BEFORE_SEND;
        return "plugin '" + use.plugin() + "' changed the " + (request ? "request" : "answer") + detail;
    }
}

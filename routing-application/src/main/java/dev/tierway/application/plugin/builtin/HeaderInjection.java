package dev.tierway.application.plugin.builtin;

import dev.tierway.application.plugin.Plugin;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.domain.call.PluginStage;
import java.util.Map;
import java.util.Set;

/** Sends headers of the operator's to vendors; the body stays byte for byte what it is. */
public final class HeaderInjection implements Plugin {
    public static final String NAME = "headers";

    private final RequestVerdict verdict;

    /** @throws IllegalArgumentException for a header that must not be set */
    public HeaderInjection(Map<String, String> headers) {
        this.verdict = RequestVerdict.headers(headers);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<PluginStage> stages() {
        return Set.of(PluginStage.BEFORE_ROUTING);
    }

    @Override
    public boolean nonBlocking(PluginStage stage) {
        return true;
    }

    @Override
    public RequestVerdict beforeRouting(PluginCall call) {
        return verdict;
    }
}

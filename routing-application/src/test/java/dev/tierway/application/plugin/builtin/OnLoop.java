package dev.tierway.application.plugin.builtin;

import dev.tierway.application.plugin.EventVerdict;
import dev.tierway.application.plugin.FinishedReply;
import dev.tierway.application.plugin.Plugin;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.ReplyVerdict;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.PluginStage;
import java.util.Set;

/** A plugin as if it never blocked. */
record OnLoop(Plugin plugin) implements Plugin {
    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public Set<PluginStage> stages() {
        return plugin.stages();
    }

    @Override
    public boolean nonBlocking(PluginStage stage) {
        return true;
    }

    @Override
    public RequestVerdict beforeRouting(PluginCall call) throws Exception {
        return plugin.beforeRouting(call);
    }

    @Override
    public EventVerdict onEvent(PluginCall call, ReplyEvent event) throws Exception {
        return plugin.onEvent(call, event);
    }

    @Override
    public ReplyVerdict afterReply(PluginCall call, FinishedReply reply) throws Exception {
        return plugin.afterReply(call, reply);
    }
}

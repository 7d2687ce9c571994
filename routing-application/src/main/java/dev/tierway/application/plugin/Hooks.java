package dev.tierway.application.plugin;

import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.Selection;
import java.util.Set;

/** Hooks as the plugins they are. */
public final class Hooks {
    private Hooks() {}

    /** @param name in decisions and metrics */
    public static Plugin before(String name, BeforeCall hook) {
        return new Before(name, hook);
    }

    /** @param name in decisions and metrics */
    public static Plugin after(String name, AfterCall hook) {
        return new After(name, hook);
    }

    private record Before(String name, BeforeCall hook) implements Plugin {
        @Override
        public Set<PluginStage> stages() {
            return Set.of(PluginStage.BEFORE_ROUTING);
        }

        @Override
        public RequestVerdict beforeRouting(PluginCall call) throws Exception {
            return hook.before(call);
        }
    }

    private record After(String name, AfterCall hook) implements Plugin {
        @Override
        public Set<PluginStage> stages() {
            return Set.of(PluginStage.AFTER_REPLY, PluginStage.ON_FAILURE);
        }

        @Override
        public OnError onError() {
            return OnError.CONTINUE;
        }

        @Override
        public ReplyVerdict afterReply(PluginCall call, FinishedReply reply) throws Exception {
            hook.after(call, reply.selection());
            return ReplyVerdict.keep();
        }

        @Override
        public void onFailure(PluginCall call, Selection selection) throws Exception {
            hook.after(call, selection);
        }
    }
}

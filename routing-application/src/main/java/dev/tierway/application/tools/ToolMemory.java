package dev.tierway.application.tools;

import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.ToolOutcome;
import org.jspecify.annotations.Nullable;

/** Keeps tools' results, so that after a crash nothing is done twice. May wait. */
public interface ToolMemory {
    /** Remembers nothing. */
    ToolMemory NONE = new ToolMemory() {
        @Override
        public @Nullable ToolOutcome recall(CallOptions step, int use, ToolCall call) {
            return null;
        }

        @Override
        public void keep(CallOptions step, int use, ToolCall call, ToolOutcome outcome) {}
    };

    /**
     * What a tool came to before.
     *
     * @param step the options of the step's call, which name workflow and step
     * @param use which of the step's calls, from 1
     * @return null if it isn't known to have ended
     */
    @Nullable
    ToolOutcome recall(CallOptions step, int use, ToolCall call);

    void keep(CallOptions step, int use, ToolCall call, ToolOutcome outcome);
}

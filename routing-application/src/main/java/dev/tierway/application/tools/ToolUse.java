package dev.tierway.application.tools;

import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.port.out.ToolOutcome;
import java.time.Duration;
import java.util.Locale;

/**
 * A tool call of the model's and what came of it.
 *
 * @param call under the id it has in the conversation
 * @param outcome what the model reads
 * @param took zero if it never ran
 */
public record ToolUse(ToolCall call, ToolOutcome outcome, End end, Duration took) {
    /** How it ended. */
    public enum End {
        DONE,
        /** The tool failed, or its server did. */
        FAILED,
        TIMED_OUT,
        /** The arguments don't fit the schema: it never ran. */
        BAD_ARGUMENTS,
        /** No such tool was offered. */
        UNKNOWN_TOOL,
        /** The caller may not use it. */
        DENIED,
        /** Its limit is used up. */
        LIMITED,
        /** It ran before the process ended: its kept result was used. */
        REMEMBERED;

        /** The name in metrics. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

package dev.tierway.application.tools;

import dev.tierway.application.chat.JsonText;

/** What a tool does. Runs on a virtual thread, which is interrupted when its time is over or nobody waits any more. */
@FunctionalInterface
public interface ToolFunction {
    /**
     * @param arguments an object that fits the tool's schema
     * @return what the model reads
     * @throws Exception whose message the model reads as the tool's failure
     */
    String call(JsonText arguments, ToolContext context) throws Exception;
}

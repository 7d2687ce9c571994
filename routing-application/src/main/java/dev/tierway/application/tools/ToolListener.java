package dev.tierway.application.tools;

/** Hears of a conversation's progress: of tools from the threads they run on, of all else from the conversation's. */
@FunctionalInterface
public interface ToolListener {
    ToolListener NONE = event -> {};

    void on(ToolEvent event);
}

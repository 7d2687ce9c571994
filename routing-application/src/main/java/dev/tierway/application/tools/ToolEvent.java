package dev.tierway.application.tools;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ToolCall;

/** Something that happens in a conversation with tools. */
public sealed interface ToolEvent {
    /** The model is asked. */
    record Asked(int step) implements ToolEvent {}

    /** A piece of a streamed answer; only of streamed conversations. */
    record Piece(int step, ChatEvent event) implements ToolEvent {}

    /** The model has answered; its tools haven't run yet. */
    record Answered(ToolStep step) implements ToolEvent {}

    /** A tool begins to run. */
    record ToolStarted(int step, ToolCall call) implements ToolEvent {}

    record ToolEnded(int step, ToolUse use) implements ToolEvent {}
}

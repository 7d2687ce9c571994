package dev.tierway.application.tools;

/** Why a conversation with tools ended. */
public sealed interface ToolEnd {
    /** The model called no more tools. */
    record Answered() implements ToolEnd {}

    /** The model called tools in the last step there may be: those calls weren't made. */
    record MostIterations(int iterations) implements ToolEnd {}

    /** What watches the conversation ended it; calls of the last answer weren't made. */
    record Stopped(String reason) implements ToolEnd {}
}

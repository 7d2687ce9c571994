package dev.tierway.application.chat;

/** Whether the model may, must or must not call tools. */
public sealed interface ToolChoice {
    record Auto() implements ToolChoice {}

    record None() implements ToolChoice {}

    record Required() implements ToolChoice {}

    record Tool(String name) implements ToolChoice {}
}

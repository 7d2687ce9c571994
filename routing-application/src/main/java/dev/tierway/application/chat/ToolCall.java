package dev.tierway.application.chat;

/** The model asks for a tool. */
public record ToolCall(String id, String name, JsonText arguments) {}

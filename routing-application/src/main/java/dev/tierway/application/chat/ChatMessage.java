package dev.tierway.application.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation.
 *
 * @param name the speaker's name; null if none
 * @param toolCalls what the assistant asked for
 * @param toolCallId which call a tool's message answers; null for other roles
 * @param failed whether it tells that the tool failed
 */
public record ChatMessage(
        Role role,
        List<Part> parts,
        @Nullable String name,
        List<ToolCall> toolCalls,
        @Nullable String toolCallId,
        boolean failed) {
    public ChatMessage(
            Role role, List<Part> parts, @Nullable String name, List<ToolCall> toolCalls, @Nullable String toolCallId) {
        this(role, parts, name, toolCalls, toolCallId, false);
    }

    public ChatMessage {
        parts = List.copyOf(parts);
        toolCalls = List.copyOf(toolCalls);
    }

    public static ChatMessage system(String text) {
        return of(Role.SYSTEM, text);
    }

    public static ChatMessage user(String text) {
        return of(Role.USER, text);
    }

    public static ChatMessage assistant(String text) {
        return of(Role.ASSISTANT, text);
    }

    public static ChatMessage assistant(List<ToolCall> toolCalls) {
        return new ChatMessage(Role.ASSISTANT, List.of(), null, toolCalls, null);
    }

    public static ChatMessage toolResult(String toolCallId, String text) {
        return new ChatMessage(Role.TOOL, List.of(new Part.Text(text)), null, List.of(), toolCallId);
    }

    /** Tells the model that the tool failed, and how. */
    public static ChatMessage toolFailure(String toolCallId, String text) {
        return new ChatMessage(Role.TOOL, List.of(new Part.Text(text)), null, List.of(), toolCallId, true);
    }

    private static ChatMessage of(Role role, String text) {
        return new ChatMessage(role, List.of(new Part.Text(text)), null, List.of(), null);
    }

    /** All text parts, joined. */
    public String text() {
        StringBuilder all = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text(String text)) {
                all.append(text);
            }
        }
        return all.toString();
    }
}

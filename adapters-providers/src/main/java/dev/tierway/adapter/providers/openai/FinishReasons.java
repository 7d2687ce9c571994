package dev.tierway.adapter.providers.openai;

import dev.tierway.application.chat.FinishReason;

/** Words for why an answer ended. */
final class FinishReasons {
    private FinishReasons() {}

    static FinishReason of(String word) {
        return switch (word) {
            case "stop" -> FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }
}

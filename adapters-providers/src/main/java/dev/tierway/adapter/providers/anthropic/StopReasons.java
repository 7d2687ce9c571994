package dev.tierway.adapter.providers.anthropic;

import dev.tierway.application.chat.FinishReason;

/** Words for why an answer ended. */
final class StopReasons {
    private StopReasons() {}

    static FinishReason of(String word) {
        return switch (word) {
            case "end_turn", "stop_sequence" -> FinishReason.STOP;
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "refusal" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER; // pause_turn, and what is yet to come
        };
    }
}

package dev.tierway.adapter.providers.bedrock;

import dev.tierway.application.chat.FinishReason;

/** Converse's words for why an answer ended. */
final class StopReasons {
    private StopReasons() {}

    static FinishReason of(String word) {
        return switch (word) {
            case "end_turn", "stop_sequence" -> FinishReason.STOP;
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "guardrail_intervened", "content_filtered" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }
}

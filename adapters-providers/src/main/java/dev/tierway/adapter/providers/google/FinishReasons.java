package dev.tierway.adapter.providers.google;

import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.application.chat.FinishReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words for why an answer ended, or never began. */
final class FinishReasons {
    private static final int FORBIDDEN = 403;

    private FinishReasons() {}

    /** @param called whether the answer holds function calls: Gemini has no word of its own for those */
    static FinishReason of(String word, boolean called) {
        if (isPolicy(word)) {
            return FinishReason.CONTENT_FILTER;
        }
        return switch (word) {
            // FUNCTION_CALL is no word of Google's, but of servers that imitate it.
            case "STOP", "FUNCTION_CALL" -> called ? FinishReason.TOOL_CALLS : FinishReason.STOP;
            case "MAX_TOKENS" -> FinishReason.LENGTH;
            default -> FinishReason.OTHER;
        };
    }

    /**
     * What an end before anything was said really is; null if it is an answer, if an empty one.
     *
     * @param message the vendor's words; empty if none
     */
    static @Nullable VendorError failure(String word, String message) {
        String words = message.isEmpty() ? "Gemini ended its answer before it began: " + word : message;
        if (isPolicy(word)) {
            return policy(word, words);
        }
        return switch (word) {
            case "MALFORMED_FUNCTION_CALL",
                    "MALFORMED_RESPONSE",
                    "UNEXPECTED_TOOL_CALL",
                    "TOO_MANY_TOOL_CALLS",
                    "MISSING_THOUGHT_SIGNATURE" -> new VendorError(List.of(code(word)), words, null, null, Map.of());
            case "PUP_LIMITED_DISABLED" ->
                new VendorError(List.of("account_deactivated", code(word)), words, FORBIDDEN, null, Map.of());
            default -> null;
        };
    }

    /** The prompt was refused. */
    static VendorError blocked(String word, String message) {
        return policy(word, message.isEmpty() ? "Gemini refused the prompt: " + word : message);
    }

    private static VendorError policy(String word, String words) {
        return new VendorError(List.of("content_policy_violation", code(word)), words, null, null, Map.of());
    }

    private static String code(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static boolean isPolicy(String word) {
        return switch (word) {
            case "SAFETY",
                    "RECITATION",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION",
                    "MODEL_ARMOR",
                    "JAILBREAK",
                    "ESCALATION" -> true;
            default -> false;
        };
    }
}

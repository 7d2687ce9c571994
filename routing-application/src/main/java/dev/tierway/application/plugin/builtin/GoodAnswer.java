package dev.tierway.application.plugin.builtin;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.port.out.ReplyEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which complete answers are worth giving again: none that a filter or the model itself cut off. */
final class GoodAnswer {
    /** How formats call such an end. Quotes of a text are escaped, so these bytes are a whole word of JSON. */
    private static final List<byte[]> CUT_OFF = List.of(
            "\"content_filter\"".getBytes(StandardCharsets.US_ASCII),
            "\"refusal\"".getBytes(StandardCharsets.US_ASCII),
            "\"pause_turn\"".getBytes(StandardCharsets.US_ASCII));

    /** A member of that name that says nothing was refused. */
    private static final byte[] NO_REFUSAL = "\"refusal\":null".getBytes(StandardCharsets.US_ASCII);

    private GoodAnswer() {}

    static boolean is(List<ReplyEvent> events) {
        return events.stream().allMatch(GoodAnswer::isGood);
    }

    private static boolean isGood(ReplyEvent event) {
        return switch (event) {
            case ReplyEvent.Frame(byte[] bytes, var kind) -> CUT_OFF.stream().noneMatch(word -> holds(bytes, word));
            case ReplyEvent.Piece(ChatEvent.Finished(int choice, FinishReason reason, var sequence)) -> good(reason);
            case ReplyEvent.Piece(ChatEvent.RefusalDelta refusal) -> false;
            case ReplyEvent.Piece other -> true;
            case ReplyEvent.Whole(ChatResponse chat) ->
                chat.choices().stream().allMatch(choice -> good(choice.finishReason()));
            case ReplyEvent.Whole(EmbeddingResponse embeddings) -> true;
        };
    }

    private static boolean good(FinishReason reason) {
        return switch (reason) {
            case STOP, LENGTH, TOOL_CALLS -> true;
            case CONTENT_FILTER, OTHER -> false;
        };
    }

    private static boolean holds(byte[] bytes, byte[] word) {
        for (int i = 0; i + word.length <= bytes.length; i++) {
            if (at(bytes, i, word) && !(saysNothing(bytes, i))) {
                return true;
            }
        }
        return false;
    }

    /** White space before the colon or the value is rare, and makes the answer only less often worth keeping. */
    private static boolean saysNothing(byte[] bytes, int start) {
        return at(bytes, start, NO_REFUSAL)
                || at(bytes, start, "\"refusal\": null".getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean at(byte[] bytes, int start, byte[] word) {
        if (start + word.length > bytes.length) {
            return false;
        }
        for (int j = 0; j < word.length; j++) {
            if (bytes[start + j] != word[j]) {
                return false;
            }
        }
        return true;
    }
}

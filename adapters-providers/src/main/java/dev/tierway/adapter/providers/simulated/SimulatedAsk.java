package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated model is asked, whichever way it came.
 *
 * @param where the replica, or the server's name
 * @param prompt the last user message
 * @param tool the tool that must be called; null: none
 * @param toolSchema of its arguments; null if it takes none
 * @param json whether the answer must be JSON
 * @param jsonSchema of the answer; null: any object
 * @param maxTokens null: no cap
 */
record SimulatedAsk(
        String model,
        String where,
        String prompt,
        long inputTokens,
        @Nullable String tool,
        @Nullable JsonNode toolSchema,
        boolean json,
        @Nullable JsonNode jsonSchema,
        @Nullable Long maxTokens,
        int choices) {
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int TOKENS_PER_MESSAGE = 3;

    /** The simulation's tokenizer. */
    static long tokens(long characters, int messages) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN + (long) messages * TOKENS_PER_MESSAGE;
    }
}

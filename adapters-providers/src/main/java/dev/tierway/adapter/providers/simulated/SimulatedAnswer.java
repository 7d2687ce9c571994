package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated model says.
 *
 * @param pieces its tokens: of the text, or of the arguments if a tool is called
 * @param tool the tool called; null: none
 * @param toolCallId its id; empty without a tool
 * @param truncated whether the cap on tokens cut it
 */
record SimulatedAnswer(
        List<String> pieces, @Nullable String tool, String toolCallId, boolean truncated, TokenUsage usage) {
    private static final List<String> FILLER =
            List.of("and", "so", "on", "with", "one", "more", "word", "than", "before", "again", "until", "done");
    private static final int PIECE_LENGTH = 6;

    static SimulatedAnswer to(SimulatedAsk ask, SimulatedScript script, long request) {
        List<String> pieces;
        if (ask.tool() != null) {
            pieces = cut(object(ask.toolSchema(), ask.prompt()).toString());
        } else if (ask.json()) {
            pieces = cut(object(ask.jsonSchema(), "from " + ask.model() + " at " + ask.where())
                    .toString());
        } else {
            pieces = words(ask, script, request);
        }
        long cap = ask.maxTokens() == null ? Long.MAX_VALUE : ask.maxTokens();
        boolean truncated = pieces.size() > cap;
        if (truncated) {
            pieces = pieces.subList(0, (int) cap);
        }
        String id = ask.tool() == null ? "" : "call_" + Long.toHexString(script.seed()) + "_" + request;
        return new SimulatedAnswer(
                List.copyOf(pieces),
                ask.tool(),
                id,
                truncated,
                TokenUsage.reported(ask.inputTokens(), (long) pieces.size() * ask.choices()));
    }

    String text() {
        return String.join("", pieces);
    }

    private static JsonNode object(@Nullable JsonNode schema, String text) {
        return schema == null
                ? JsonNodeFactory.instance.objectNode().put("text", text)
                : SchemaExample.of(schema, text);
    }

    private static List<String> cut(String json) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < json.length(); ) {
            int to = Math.min(json.length(), from + PIECE_LENGTH);
            // A surrogate pair is one character to the reader: it isn't cut.
            if (to < json.length() && Character.isHighSurrogate(json.charAt(to - 1))) {
                to++;
            }
            pieces.add(json.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private static List<String> words(SimulatedAsk ask, SimulatedScript script, long request) {
        String begin = script.text()
                .replace("{model}", ask.model())
                .replace("{where}", ask.where())
                .replace("{prompt}", ask.prompt());
        List<String> pieces = new ArrayList<>();
        for (String word : begin.split(" ", -1)) {
            if (pieces.size() < script.outputTokens()) {
                pieces.add(pieces.isEmpty() ? word : " " + word);
            }
        }
        SplittableRandom random = new SplittableRandom(script.seed() + request);
        while (pieces.size() < script.outputTokens()) {
            pieces.add(" " + FILLER.get(random.nextInt(FILLER.size())));
        }
        return pieces;
    }
}

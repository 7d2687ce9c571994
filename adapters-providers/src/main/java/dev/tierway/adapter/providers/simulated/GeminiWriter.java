package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a simulated answer in Gemini's format. A function call comes in one piece, at the place of its last token. */
final class GeminiWriter implements AnswerWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ABSURD_TOKENS = 999_999_999_999L;

    private final SimulatedAsk ask;
    private final SimulatedAnswer answer;
    private final long request;
    private final @Nullable SimulatedFault fault;

    GeminiWriter(SimulatedAsk ask, SimulatedAnswer answer, ScriptBook.Turn turn) {
        this.ask = ask;
        this.answer = answer;
        this.request = turn.request();
        this.fault = turn.fault() == null ? null : turn.fault().fault();
    }

    @Override
    public byte[] unary() {
        ObjectNode root = root();
        for (int i = 0; i < ask.choices(); i++) {
            ObjectNode candidate = candidate(root, i);
            said(candidate, answer.text());
            candidate.put("finishReason", finish());
        }
        if (fault != SimulatedFault.NO_USAGE) {
            root.set("usageMetadata", usage());
        }
        return bytes(root);
    }

    @Override
    public byte[] opening() {
        ObjectNode root = root();
        for (int i = 0; i < ask.choices(); i++) {
            parts(candidate(root, i)).addObject().put("text", "");
        }
        return event(root);
    }

    @Override
    public List<byte[]> token(int index) {
        if (answer.tool() != null && index < answer.pieces().size() - 1) {
            return List.of();
        }
        ObjectNode root = root();
        for (int i = 0; i < ask.choices(); i++) {
            said(candidate(root, i), answer.tool() == null ? answer.pieces().get(index) : answer.text());
        }
        return List.of(event(root));
    }

    @Override
    public List<byte[]> closing() {
        List<byte[]> events = new ArrayList<>(List.of(finishChunk()));
        events.addAll(usageChunks());
        return events;
    }

    private byte[] finishChunk() {
        ObjectNode root = root();
        for (int i = 0; i < ask.choices(); i++) {
            candidate(root, i).put("finishReason", finish());
        }
        return event(root);
    }

    private List<byte[]> usageChunks() {
        if (fault == SimulatedFault.NO_USAGE) {
            return List.of();
        }
        ObjectNode root = root();
        root.set("usageMetadata", usage());
        if (fault != SimulatedFault.USAGE_TWICE) {
            return List.of(event(root));
        }
        ObjectNode early = root.deepCopy();
        early.set("usageMetadata", usage().put("candidatesTokenCount", 1));
        return List.of(event(early), event(root));
    }

    private void said(ObjectNode candidate, String text) {
        ObjectNode part = parts(candidate).addObject();
        if (answer.tool() == null) {
            part.put("text", text);
        } else {
            part.putObject("functionCall")
                    .put("id", answer.toolCallId())
                    .put("name", answer.tool())
                    .putRawValue("args", new RawValue(text));
        }
    }

    private static ObjectNode candidate(ObjectNode root, int index) {
        return root.withArrayProperty("candidates").addObject().put("index", index);
    }

    private static ArrayNode parts(ObjectNode candidate) {
        return candidate.putObject("content").put("role", "model").putArray("parts");
    }

    private ObjectNode root() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("responseId", "gemini-sim-" + request)
                .put("modelVersion", fault == SimulatedFault.WRONG_MODEL ? "some-other-model" : ask.model());
    }

    private String finish() {
        return answer.truncated() ? "MAX_TOKENS" : "STOP";
    }

    private ObjectNode usage() {
        long input = answer.usage().input();
        long output = answer.usage().output();
        if (fault == SimulatedFault.NEGATIVE_USAGE) {
            output = -output;
        } else if (fault == SimulatedFault.ABSURD_USAGE) {
            output = ABSURD_TOKENS;
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("promptTokenCount", input)
                .put("candidatesTokenCount", output)
                .put("totalTokenCount", input + output);
    }

    private static byte[] event(ObjectNode root) {
        return ReplyBytes.event(bytes(root));
    }

    private static byte[] bytes(ObjectNode root) {
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes is always writable", e);
        }
    }
}

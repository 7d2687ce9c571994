package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a simulated answer in Anthropic's format, with the faults that are in the JSON itself. */
final class MessageWriter implements AnswerWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ABSURD_TOKENS = 999_999_999_999L;

    private final SimulatedAsk ask;
    private final SimulatedAnswer answer;
    private final long request;
    private final @Nullable SimulatedFault fault;

    MessageWriter(SimulatedAsk ask, SimulatedAnswer answer, ScriptBook.Turn turn) {
        this.ask = ask;
        this.answer = answer;
        this.request = turn.request();
        this.fault = turn.fault() == null ? null : turn.fault().fault();
    }

    @Override
    public byte[] unary() {
        ObjectNode message = message();
        ObjectNode block = message.withArray("content").addObject();
        if (answer.tool() == null) {
            block.put("type", "text").put("text", answer.text());
        } else {
            block.put("type", "tool_use").put("id", answer.toolCallId()).put("name", answer.tool());
            block.set("input", input());
        }
        message.put("stop_reason", stopReason());
        usage(message, answer.usage().output());
        return bytes(message);
    }

    /** A cut answer may have cut its JSON. */
    private JsonNode input() {
        try {
            return JSON.readTree(answer.text());
        } catch (JsonProcessingException cut) {
            return JSON.createObjectNode();
        }
    }

    @Override
    public byte[] opening() {
        ObjectNode start = event("message_start");
        ObjectNode message = message();
        usage(message, 1);
        start.set("message", message);
        return answer.tool() == null ? ReplyBytes.join(sse(start), sse(blockStart(textBlock()))) : sse(start);
    }

    @Override
    public List<byte[]> token(int index) {
        List<byte[]> events = new ArrayList<>(2);
        String piece = answer.pieces().get(index);
        ObjectNode delta = event("content_block_delta").put("index", 0);
        if (answer.tool() == null) {
            delta.putObject("delta").put("type", "text_delta").put("text", piece);
        } else {
            if (index == 0) {
                ObjectNode block = JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "tool_use")
                        .put("id", answer.toolCallId())
                        .put("name", answer.tool());
                block.putObject("input");
                events.add(sse(blockStart(block)));
            }
            delta.putObject("delta").put("type", "input_json_delta").put("partial_json", piece);
        }
        events.add(sse(delta));
        return events;
    }

    @Override
    public List<byte[]> closing() {
        ObjectNode end = event("message_delta");
        end.putObject("delta").put("stop_reason", stopReason()).putNull("stop_sequence");
        usage(end, answer.usage().output());
        return List.of(sse(event("content_block_stop").put("index", 0)), sse(end), sse(event("message_stop")));
    }

    private ObjectNode message() {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("id", "msg_sim_" + request).put("type", "message").put("role", "assistant");
        message.put("model", fault == SimulatedFault.WRONG_MODEL ? "some-other-model" : ask.model());
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        return message;
    }

    private static ObjectNode textBlock() {
        return JsonNodeFactory.instance.objectNode().put("type", "text").put("text", "");
    }

    private static ObjectNode blockStart(ObjectNode block) {
        ObjectNode start = event("content_block_start").put("index", 0);
        start.set("content_block", block);
        return start;
    }

    private void usage(ObjectNode in, long output) {
        if (fault == SimulatedFault.NO_USAGE) {
            return;
        }
        long said = output;
        if (fault == SimulatedFault.NEGATIVE_USAGE) {
            said = -output;
        } else if (fault == SimulatedFault.ABSURD_USAGE) {
            said = ABSURD_TOKENS;
        }
        in.putObject("usage").put("input_tokens", answer.usage().input()).put("output_tokens", said);
    }

    private String stopReason() {
        if (answer.truncated()) {
            return "max_tokens";
        }
        return answer.tool() == null ? "end_turn" : "tool_use";
    }

    private static ObjectNode event(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static byte[] sse(ObjectNode event) {
        String name = event.path("type").asText();
        return ReplyBytes.join(ReplyBytes.utf8("event: " + name + "\n"), ReplyBytes.event(bytes(event)));
    }

    private static byte[] bytes(ObjectNode root) {
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes is always writable", e);
        }
    }
}

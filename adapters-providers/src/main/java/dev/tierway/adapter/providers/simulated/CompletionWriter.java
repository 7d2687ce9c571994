package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a simulated answer in OpenAI's format, with the faults that are in the JSON itself. */
final class CompletionWriter implements AnswerWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ABSURD_TOKENS = 999_999_999_999L;

    private final SimulatedAsk ask;
    private final SimulatedAnswer answer;
    private final long request;
    private final boolean usageAsked;
    private final @Nullable SimulatedFault fault;

    /** @param usageAsked whether a stream says what it used */
    CompletionWriter(SimulatedAsk ask, SimulatedAnswer answer, ScriptBook.Turn turn, boolean usageAsked) {
        this.usageAsked = usageAsked;
        this.ask = ask;
        this.answer = answer;
        this.request = turn.request();
        this.fault = turn.fault() == null ? null : turn.fault().fault();
    }

    @Override
    public byte[] unary() {
        ObjectNode root = root("chat.completion");
        ArrayNode choices = root.putArray("choices");
        for (int i = 0; i < ask.choices(); i++) {
            ObjectNode choice = choices.addObject().put("index", i);
            ObjectNode message = choice.putObject("message").put("role", "assistant");
            if (answer.tool() == null) {
                message.put("content", answer.text());
            } else {
                message.putNull("content");
                ObjectNode call = message.putArray("tool_calls")
                        .addObject()
                        .put("id", answer.toolCallId())
                        .put("type", "function");
                call.putObject("function").put("name", answer.tool()).put("arguments", answer.text());
            }
            message.putNull("refusal");
            choice.put("finish_reason", finish());
        }
        if (fault != SimulatedFault.NO_USAGE) {
            root.set("usage", usage());
        }
        return bytes(root);
    }

    @Override
    public byte[] opening() {
        ObjectNode root = root("chat.completion.chunk");
        ArrayNode choices = root.putArray("choices");
        for (int i = 0; i < ask.choices(); i++) {
            choice(choices, i).putObject("delta").put("role", "assistant").put("content", "");
        }
        return ReplyBytes.event(bytes(root));
    }

    @Override
    public List<byte[]> token(int index) {
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < ask.choices(); i++) {
            if (answer.tool() == null) {
                ObjectNode root = root("chat.completion.chunk");
                choice(root.putArray("choices"), i)
                        .putObject("delta")
                        .put("content", answer.pieces().get(index));
                chunks.add(bytes(root));
            } else {
                chunks.addAll(toolPieces(i, answer.tool(), index));
            }
        }
        return chunks.stream().map(ReplyBytes::event).toList();
    }

    @Override
    public List<byte[]> closing() {
        List<byte[]> events = new ArrayList<>();
        events.add(ReplyBytes.event(finishChunk()));
        if (usageAsked) {
            usageChunks().forEach(chunk -> events.add(ReplyBytes.event(chunk)));
        }
        events.add(ReplyBytes.event(ReplyBytes.utf8("[DONE]")));
        return events;
    }

    private byte[] finishChunk() {
        ObjectNode root = root("chat.completion.chunk");
        ArrayNode choices = root.putArray("choices");
        for (int i = 0; i < ask.choices(); i++) {
            ObjectNode choice = choices.addObject().put("index", i);
            choice.putObject("delta");
            choice.put("finish_reason", finish());
        }
        return bytes(root);
    }

    private List<byte[]> usageChunks() {
        if (fault == SimulatedFault.NO_USAGE) {
            return List.of();
        }
        ObjectNode root = root("chat.completion.chunk");
        root.putArray("choices");
        root.set("usage", usage());
        if (fault != SimulatedFault.USAGE_TWICE) {
            return List.of(bytes(root));
        }
        ObjectNode early = root.deepCopy();
        early.set("usage", usage().put("completion_tokens", 1));
        return List.of(bytes(early), bytes(root));
    }

    private List<byte[]> toolPieces(int choice, String tool, int index) {
        String piece = answer.pieces().get(index);
        if (index > 0) {
            return List.of(toolPiece(choice, 0, null, null, piece));
        }
        String id = answer.toolCallId();
        if (fault == SimulatedFault.SPLIT_TOOL_NAME) {
            int half = tool.length() / 2;
            return List.of(
                    toolPiece(choice, 0, id, tool.substring(0, half), ""),
                    toolPiece(choice, 0, null, tool.substring(half), ""),
                    toolPiece(choice, 0, null, null, piece));
        }
        if (fault == SimulatedFault.TOOLS_ALL_INDEX_0) {
            return List.of(toolPiece(choice, 0, id + "_first", tool, "{}"), toolPiece(choice, 0, id, tool, piece));
        }
        return List.of(toolPiece(choice, 0, id, tool, ""), toolPiece(choice, 0, null, null, piece));
    }

    private byte[] toolPiece(int choice, int index, @Nullable String id, @Nullable String name, String arguments) {
        ObjectNode root = root("chat.completion.chunk");
        ObjectNode call = choice(root.putArray("choices"), choice)
                .putObject("delta")
                .putArray("tool_calls")
                .addObject()
                .put("index", index);
        if (id != null) {
            call.put("id", id).put("type", "function");
        }
        ObjectNode function = call.putObject("function");
        if (name != null) {
            function.put("name", name);
        }
        function.put("arguments", arguments);
        return bytes(root);
    }

    private ObjectNode root(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "chatcmpl-sim-" + request)
                .put("object", object)
                .put("created", SimulatedReply.EPOCH_SECONDS)
                .put("model", fault == SimulatedFault.WRONG_MODEL ? "some-other-model" : ask.model());
    }

    private static ObjectNode choice(ArrayNode choices, int index) {
        return choices.addObject().put("index", index).putNull("finish_reason");
    }

    private String finish() {
        if (answer.truncated()) {
            return "length";
        }
        return answer.tool() == null ? "stop" : "tool_calls";
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
                .put("prompt_tokens", input)
                .put("completion_tokens", output)
                .put("total_tokens", input + output);
    }

    private static byte[] bytes(ObjectNode root) {
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes is always writable", e);
        }
    }
}

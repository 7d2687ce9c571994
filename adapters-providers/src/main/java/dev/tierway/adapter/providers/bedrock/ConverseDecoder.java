package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.providers.http.StreamEvent;
import dev.tierway.adapter.providers.wire.DecodedEvent;
import dev.tierway.adapter.providers.wire.DecodedReply;
import dev.tierway.adapter.providers.wire.ReplyDecoder;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads ConverseStream: blocks begin, grow and stop, then the message stops, and the usage comes last of all.
 */
final class ConverseDecoder implements ReplyDecoder {
    private final ReplyNames names;
    private final Map<Integer, BlockSoFar> blocks = new LinkedHashMap<>();
    private int calls;
    private boolean stopped;

    ConverseDecoder(ReplyNames names) {
        this.names = names;
    }

    @Override
    public DecodedReply whole(byte[] body) throws IOException, VendorErrorException {
        return ConverseReply.read(body, names);
    }

    @Override
    public DecodedEvent event(StreamEvent event) throws IOException {
        String name = event.name() == null ? "" : event.name();
        if (name.startsWith(EventStreamSplitter.FAILURE)) {
            return new DecodedEvent.Failed(failure(name.substring(EventStreamSplitter.FAILURE.length()), event));
        }
        List<ChatEvent> out = new ArrayList<>();
        boolean last = false;
        switch (name) {
            case "messageStart" -> {
                read(event);
                out.add(new ChatEvent.Begin(names.id(), names.model(), names.epochSeconds()));
            }
            case "contentBlockStart" -> started(read(event), out);
            case "contentBlockDelta" -> {
                JsonNode root = read(event);
                BlockSoFar.of(blocks, root).add(root.path("delta"), out);
            }
            case "contentBlockStop" -> {
                BlockSoFar block = blocks.remove(BlockSoFar.index(read(event)));
                if (block != null) {
                    block.stop(out);
                }
            }
            case "messageStop" -> {
                JsonNode root = read(event);
                blocks.values().forEach(block -> block.stop(out));
                blocks.clear();
                stopped = true;
                out.add(new ChatEvent.Finished(
                        0, StopReasons.of(root.path("stopReason").asText(""))));
            }
            case "metadata" -> {
                TokenUsage usage = ConverseReply.usage(read(event).path("usage"));
                if (usage != null) {
                    out.add(new ChatEvent.Usage(usage));
                }
                last = stopped;
            }
            default -> {
                return DecodedEvent.NOTHING;
            }
        }
        return new DecodedEvent.Pieces(out, last);
    }

    private static JsonNode read(StreamEvent event) throws IOException {
        JsonNode root = ConverseReply.JSON.readTree(event.data(), event.offset(), event.length());
        if (root == null || !root.isObject()) {
            throw new IOException("an event that is no object");
        }
        return root;
    }

    private void started(JsonNode root, List<ChatEvent> out) throws IOException {
        JsonNode tool = root.path("start").path("toolUse");
        if (!tool.isObject()) {
            return;
        }
        String name = tool.path("name").asText("");
        if (name.isEmpty()) {
            throw new IOException("a tool call without a name");
        }
        int index = calls++;
        String id = tool.path("toolUseId").asText("");
        BlockSoFar.of(blocks, root).call(index);
        out.add(new ChatEvent.ToolCallDelta(0, index, id.isEmpty() ? "call_" + index : id, name, ""));
    }

    /** What the SDK calls an exception, e.g. {@code throttlingException}, is its code. */
    private static VendorError failure(String type, StreamEvent event) {
        VendorError told = VendorError.parse(event.data(), event.offset(), event.length());
        String code = type.toLowerCase(Locale.ROOT);
        List<String> codes = new ArrayList<>(List.of(code));
        codes.addAll(told.codes());
        String message = told.message().isEmpty() ? type : told.message();
        return new VendorError(codes, message, code.equals("validationexception") ? 400 : null, null, Map.of());
    }
}

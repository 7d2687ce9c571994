package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.ChatEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One block of a streamed answer. Signatures and sealed reasoning may come in pieces, and count only whole. */
final class BlockSoFar {
    private static final int NO_CALL = -1;

    private final StringBuilder signature = new StringBuilder();
    private final ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    private int call = NO_CALL;

    static BlockSoFar of(Map<Integer, BlockSoFar> blocks, JsonNode event) throws IOException {
        return blocks.computeIfAbsent(index(event), index -> new BlockSoFar());
    }

    static int index(JsonNode event) throws IOException {
        JsonNode index = event.path("contentBlockIndex");
        if (!index.isInt()) {
            throw new IOException("a block without its index");
        }
        return index.intValue();
    }

    /** It is the tool call of that index. */
    void call(int index) {
        call = index;
    }

    void add(JsonNode delta, List<ChatEvent> out) throws IOException {
        if (delta.path("text").isTextual()) {
            out.add(new ChatEvent.TextDelta(0, delta.path("text").textValue()));
        } else if (delta.path("toolUse").isObject()) {
            if (call == NO_CALL) {
                throw new IOException("arguments of a call that never began");
            }
            out.add(new ChatEvent.ToolCallDelta(
                    0, call, null, null, delta.path("toolUse").path("input").asText("")));
        } else if (delta.path("reasoningContent").isObject()) {
            reasoning(delta.path("reasoningContent"), out);
        } else if (delta.path("citation").isObject()) {
            out.add(new ChatEvent.Cited(0, Citations.of(delta.path("citation"))));
        }
        // Deltas of kinds that came later than this say nothing to us.
    }

    private void reasoning(JsonNode content, List<ChatEvent> out) throws IOException {
        if (content.path("text").isTextual()) {
            out.add(new ChatEvent.ReasoningDelta(0, content.path("text").textValue(), null, null));
        }
        signature.append(content.path("signature").asText(""));
        if (content.path("redactedContent").isTextual()) {
            try {
                sealed.writeBytes(Base64.getDecoder()
                        .decode(content.path("redactedContent").textValue()));
            } catch (IllegalArgumentException notBase64) {
                throw new IOException("redacted content that is not base64", notBase64);
            }
        }
    }

    void stop(List<ChatEvent> out) {
        if (!signature.isEmpty()) {
            out.add(new ChatEvent.ReasoningDelta(0, "", signature.toString(), ConverseApi.VENDOR));
            signature.setLength(0);
        }
        if (sealed.size() > 0) {
            out.add(new ChatEvent.SealedReasoning(
                    0, Base64.getEncoder().encodeToString(sealed.toByteArray()), ConverseApi.VENDOR));
            sealed.reset();
        }
    }
}

package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.application.chat.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Writes simulated embeddings in OpenAI's format. */
final class EmbeddingWriter implements AnswerWriter {
    private static final long ABSURD_TOKENS = 999_999_999_999L;

    private final EmbeddingAsk ask;
    private final ScriptBook.Turn turn;

    EmbeddingWriter(EmbeddingAsk ask, ScriptBook.Turn turn) {
        this.ask = ask;
        this.turn = turn;
    }

    @Override
    public byte[] opening() {
        return new byte[0];
    }

    @Override
    public List<byte[]> token(int index) {
        return List.of();
    }

    @Override
    public List<byte[]> closing() {
        return List.of();
    }

    @Override
    public byte[] unary() {
        SimulatedFault fault = turn.fault() == null ? null : turn.fault().fault();
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = root.putArray("data");
        for (Embedding embedding : ask.embeddings(turn.script())) {
            ObjectNode one = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            if (ask.base64()) {
                one.put("embedding", base64(embedding));
            } else {
                ArrayNode numbers = one.putArray("embedding");
                for (float value : embedding.values()) {
                    numbers.add(value);
                }
            }
        }
        root.put("model", fault == SimulatedFault.WRONG_MODEL ? "some-other-model" : ask.model());
        if (fault != SimulatedFault.NO_USAGE) {
            long tokens = fault == SimulatedFault.ABSURD_USAGE
                    ? ABSURD_TOKENS
                    : fault == SimulatedFault.NEGATIVE_USAGE ? -ask.tokens() : ask.tokens();
            root.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        }
        return ReplyBytes.utf8(root.toString());
    }

    private static String base64(Embedding embedding) {
        ByteBuffer bytes =
                ByteBuffer.allocate(embedding.dimensions() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : embedding.values()) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}

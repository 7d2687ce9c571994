package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.chat.Embedding;
import dev.tierway.application.chat.EmbeddingResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes embeddings in neutral types as OpenAI's list of them. */
final class EmbeddingReplyEncoder {
    private EmbeddingReplyEncoder() {}

    /** @param base64 whether the numbers are wanted as bytes: 32 bits each, the lowest first */
    static byte[] list(EmbeddingResponse response, boolean base64) {
        List<Object> data = new ArrayList<>();
        for (Embedding embedding : response.embeddings()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("object", "embedding");
            json.put("index", data.size());
            json.put("embedding", base64 ? base64(embedding) : embedding.values());
            data.add(json);
        }
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("prompt_tokens", response.usage().input());
        usage.put("total_tokens", response.usage().total());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("object", "list");
        json.put("data", data);
        json.put("model", response.model());
        json.put("usage", usage);
        return Json.bytes(json);
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

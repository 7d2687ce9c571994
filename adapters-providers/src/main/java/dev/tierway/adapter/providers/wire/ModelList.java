package dev.tierway.adapter.providers.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** OpenAI's list of models, and Anthropic's: {@code {"data": [{"id": "…"}]}}. */
final class ModelList {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Ollama lists {@code llama3:latest} and takes {@code llama3}. */
    private static final String DEFAULT_TAG = ":latest";

    private ModelList() {}

    /** Whether a body lists the model; null if it isn't such a list. */
    static @Nullable Boolean lists(byte[] body, String model) {
        JsonNode data = read(body).path("data");
        if (!data.isArray()) {
            return null;
        }
        for (JsonNode one : data) {
            String id = one.path("id").asText("");
            if (id.equals(model) || id.equals(model + DEFAULT_TAG)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            return root == null ? JSON.missingNode() : root;
        } catch (IOException notJson) {
            // A health endpoint may say "ok" or nothing at all.
            return JSON.missingNode();
        }
    }
}

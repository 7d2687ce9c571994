package dev.tierway.adapter.providers.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.Embedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads embeddings written as lists of numbers. */
public final class FloatLists {
    private FloatLists() {}

    /** @throws IOException if they differ in size, or hold something else than numbers */
    public static List<Embedding> embeddings(JsonNode lists) throws IOException {
        List<Embedding> embeddings = new ArrayList<>();
        for (JsonNode list : lists) {
            float[] values = new float[list.size()];
            for (int i = 0; i < values.length; i++) {
                if (!list.get(i).isNumber()) {
                    throw new IOException("an embedding with something else than numbers");
                }
                values[i] = list.get(i).floatValue();
            }
            if (values.length == 0
                    || (!embeddings.isEmpty() && embeddings.getFirst().dimensions() != values.length)) {
                throw new IOException("embeddings of different sizes");
            }
            embeddings.add(Embedding.of(values));
        }
        return embeddings;
    }
}

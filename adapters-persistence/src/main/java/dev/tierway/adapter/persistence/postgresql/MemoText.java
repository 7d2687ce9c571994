package dev.tierway.adapter.persistence.postgresql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An attempt's memo as JSON text beside its reservation; what is absent is left out. */
final class MemoText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MemoText() {}

    static String of(AttemptMemo memo) {
        ObjectNode text = JSON.createObjectNode();
        text.put("request", memo.requestId());
        text.put("replica", memo.replica().value());
        text.put("provider", memo.provider().value());
        text.put("model", memo.model().value());
        text.put("at", memo.atEpochMillis());
        put(text, "key", memo.key());
        put(text, "agent", memo.agent());
        put(text, "workflow", memo.workflow());
        put(text, "user", memo.user());
        put(text, "price", memo.priceVersion());
        if (!memo.tags().isEmpty()) {
            ObjectNode tags = text.putObject("tags");
            memo.tags().forEach(tags::put);
        }
        return text.toString();
    }

    private static void put(ObjectNode text, String field, @Nullable String value) {
        if (value != null) {
            text.put(field, value);
        }
    }

    static AttemptMemo parse(AttemptId attempt, String json) {
        try {
            JsonNode text = JSON.readTree(json);
            Map<String, String> tags = new LinkedHashMap<>();
            text.path("tags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
            return new AttemptMemo(
                    attempt,
                    text.path("request").asText(),
                    new ReplicaId(text.path("replica").asText()),
                    new ProviderId(text.path("provider").asText()),
                    new ModelId(text.path("model").asText()),
                    text.path("at").asLong(),
                    get(text, "key"),
                    get(text, "agent"),
                    get(text, "workflow"),
                    get(text, "user"),
                    tags,
                    get(text, "price"));
        } catch (JsonProcessingException e) {
            throw new StoreException("the memo of " + attempt + " is not JSON: was it written by a newer Tierway?", e);
        }
    }

    private static @Nullable String get(JsonNode text, String field) {
        JsonNode value = text.get(field);
        return value == null ? null : value.asText();
    }
}

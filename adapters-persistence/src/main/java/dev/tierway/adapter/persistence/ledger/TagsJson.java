package dev.tierway.adapter.persistence.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.persistence.StoreException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tags as a JSON object; none as nothing. */
final class TagsJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> OBJECT = new TypeReference<>() {};

    private TagsJson() {}

    static @Nullable String of(Map<String, String> tags) {
        try {
            return tags.isEmpty() ? null : JSON.writeValueAsString(tags);
        } catch (JsonProcessingException e) {
            throw new StoreException("tags can't be written as JSON", e);
        }
    }

    static Map<String, String> parse(@Nullable String json) {
        try {
            return json == null ? Map.of() : JSON.readValue(json, OBJECT);
        } catch (JsonProcessingException e) {
            throw new StoreException("the tags of a ledger row are no JSON: its store is damaged", e);
        }
    }
}

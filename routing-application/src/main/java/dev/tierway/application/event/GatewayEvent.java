package dev.tierway.application.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened.
 *
 * @param id no other event's, here or at another instance
 * @param data texts, whole numbers and truth values; never text of prompts or answers, a credential or an address
 */
public record GatewayEvent(String id, EventType type, long atEpochMillis, Map<String, Object> data) {
    public GatewayEvent {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** As it is sent: {@code type}, {@code timestamp} and {@code data}, as Standard Webhooks recommend, and the id. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("type", type.id());
        document.put("timestamp", Instant.ofEpochMilli(atEpochMillis).toString());
        document.put("data", data);
        return document;
    }
}

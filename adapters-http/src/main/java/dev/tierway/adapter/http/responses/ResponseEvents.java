package dev.tierway.adapter.http.responses;

import dev.tierway.adapter.http.server.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the numbered events of a streamed response. */
final class ResponseEvents {
    private final Consumer<byte[]> out;
    private int number;

    ResponseEvents(Consumer<byte[]> out) {
        this.out = out;
    }

    void send(String type, Map<String, ?> members) {
        out.accept(event(type, members));
    }

    byte[] event(String type, Map<String, ?> members) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("sequence_number", number++);
        json.putAll(members);
        byte[] head = ("event: " + type + "\ndata: ").getBytes(StandardCharsets.US_ASCII);
        byte[] data = Json.bytes(json);
        byte[] event = new byte[head.length + data.length + 2];
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(data, 0, event, head.length, data.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }
}

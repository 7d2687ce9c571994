package dev.tierway.bootstrap.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.Documents;
import java.util.function.Consumer;

/** Reads a gateway's stream line by line. */
final class EventLines {
    private static final String DATA = "data:";

    private final Consumer<JsonNode> event;
    private boolean done;

    EventLines(Consumer<JsonNode> event) {
        this.event = event;
    }

    /** @throws RemoteFailure for an error event, or what is no JSON */
    void line(String line) {
        if (!line.startsWith(DATA)) {
            return;
        }
        String data = line.substring(DATA.length()).strip();
        if (data.equals("[DONE]")) {
            done = true;
            return;
        }
        JsonNode json;
        try {
            json = Documents.parse(data);
        } catch (IllegalArgumentException notJson) {
            throw new RemoteFailure("The stream holds something that is no JSON: " + notJson.getMessage(), notJson);
        }
        if (json.has("error")) {
            JsonNode error = json.path("error");
            throw new RemoteFailure(
                    error.path("message").asText() + " [" + error.path("code").asText() + "]");
        }
        event.accept(json);
    }

    /** @throws RemoteFailure if the stream wasn't complete */
    void end() {
        if (!done) {
            throw new RemoteFailure("The stream broke off before its end.");
        }
    }
}

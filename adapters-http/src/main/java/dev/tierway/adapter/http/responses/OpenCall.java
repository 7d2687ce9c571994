package dev.tierway.adapter.http.responses;

import java.util.Map;

/** A call of a tool whose arguments are being told. */
final class OpenCall extends OpenItem {
    private final String callId;
    private final String name;
    private final StringBuilder arguments = new StringBuilder();

    OpenCall(ResponseEvents events, String id, int outputIndex, String callId, String name) {
        super(events, id, outputIndex);
        this.callId = callId;
        this.name = name;
        added(OutputItems.call(id, callId, name, "", "in_progress"));
    }

    void add(String piece) {
        if (!piece.isEmpty()) {
            arguments.append(piece);
            Map<String, Object> json = about();
            json.put("delta", piece);
            events.send("response.function_call_arguments.delta", json);
        }
    }

    @Override
    Map<String, Object> close() {
        Map<String, Object> json = about();
        json.put("name", name);
        json.put("arguments", arguments.toString());
        events.send("response.function_call_arguments.done", json);
        return done(OutputItems.call(id, callId, name, arguments.toString(), "completed"));
    }
}

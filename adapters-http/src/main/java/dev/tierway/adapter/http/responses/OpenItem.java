package dev.tierway.adapter.http.responses;

import java.util.LinkedHashMap;
import java.util.Map;

/** An item of a streamed output that isn't complete yet. */
abstract sealed class OpenItem permits OpenMessage, OpenReasoning, OpenCall {
    final ResponseEvents events;
    final String id;
    final int outputIndex;

    OpenItem(ResponseEvents events, String id, int outputIndex) {
        this.events = events;
        this.id = id;
        this.outputIndex = outputIndex;
    }

    /** Completes it and gives it whole. */
    abstract Map<String, Object> close();

    final void added(Map<String, Object> item) {
        item("response.output_item.added", item);
    }

    final Map<String, Object> done(Map<String, Object> item) {
        item("response.output_item.done", item);
        return item;
    }

    private void item(String type, Map<String, Object> item) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("output_index", outputIndex);
        json.put("item", item);
        events.send(type, json);
    }

    /** What events about a part of the item begin with. */
    final Map<String, Object> about() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("item_id", id);
        json.put("output_index", outputIndex);
        return json;
    }
}

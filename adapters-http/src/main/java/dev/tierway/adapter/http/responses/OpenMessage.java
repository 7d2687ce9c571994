package dev.tierway.adapter.http.responses;

import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.TokenLogProb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A message that is being told: a text or a refusal, one after another. */
final class OpenMessage extends OpenItem {
    private final List<Object> contents = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Object> annotations = new ArrayList<>();
    private final List<TokenLogProb> logProbs = new ArrayList<>();
    private boolean open;
    private boolean refusing;

    OpenMessage(ResponseEvents events, String id, int outputIndex) {
        super(events, id, outputIndex);
        added(OutputItems.message(id, "in_progress", List.of()));
    }

    void text(String piece) {
        enter(false);
        text.append(piece);
        Map<String, Object> json = content();
        json.put("delta", piece);
        json.put("logprobs", List.of());
        events.send("response.output_text.delta", json);
    }

    void refusal(String piece) {
        enter(true);
        text.append(piece);
        Map<String, Object> json = content();
        json.put("delta", piece);
        events.send("response.refusal.delta", json);
    }

    void cited(Part.Citation citation) {
        enter(false);
        Map<String, Object> annotation = OutputItems.annotation(citation, text.length());
        Map<String, Object> json = content();
        json.put("annotation_index", annotations.size());
        json.put("annotation", annotation);
        annotations.add(annotation);
        events.send("response.output_text.annotation.added", json);
    }

    void logProbs(List<TokenLogProb> tokens) {
        logProbs.addAll(tokens);
    }

    private void enter(boolean toRefuse) {
        if (open && refusing == toRefuse) {
            return;
        }
        leave();
        open = true;
        refusing = toRefuse;
        part("response.content_part.added");
    }

    private void leave() {
        if (!open) {
            return;
        }
        Map<String, Object> json = content();
        json.put(refusing ? "refusal" : "text", text.toString());
        if (!refusing) {
            json.put("logprobs", logProbs.stream().map(OutputItems::logProb).toList());
        }
        events.send(refusing ? "response.refusal.done" : "response.output_text.done", json);
        part("response.content_part.done");
        contents.add(whole());
        text.setLength(0);
        annotations.clear();
        logProbs.clear();
        open = false;
    }

    private void part(String type) {
        Map<String, Object> json = content();
        json.put("part", whole());
        events.send(type, json);
    }

    private Map<String, Object> whole() {
        return refusing
                ? OutputItems.refusal(text.toString())
                : OutputItems.text(text.toString(), List.copyOf(annotations), logProbs);
    }

    private Map<String, Object> content() {
        Map<String, Object> json = about();
        json.put("content_index", contents.size());
        return json;
    }

    @Override
    Map<String, Object> close() {
        leave();
        return done(OutputItems.message(id, "completed", List.copyOf(contents)));
    }
}

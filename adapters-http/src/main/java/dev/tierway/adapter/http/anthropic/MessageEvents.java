package dev.tierway.adapter.http.anthropic;

import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.wire.ServerSentEvents;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.domain.money.TokenUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a streamed reply in neutral types as Anthropic's events. Text and thinking are blocks one after another; calls of
 * tools may come interleaved, so theirs stay open until the end. Of several choices the first is told.
 */
final class MessageEvents {
    private static final Map<String, Object> UNKNOWN_YET = new LinkedHashMap<>();

    static {
        UNKNOWN_YET.put("input_tokens", 0);
        UNKNOWN_YET.put("output_tokens", 0);
    }

    private final Consumer<byte[]> out;
    private final Map<Integer, Integer> tools = new TreeMap<>();
    private String id = "";
    private String model = "";
    private boolean started;
    private int blocks;
    /** The type of the block that is open, beside those of tools; null if none is. */
    private @Nullable String open;

    private FinishReason reason = FinishReason.STOP;
    private @Nullable String stopSequence;

    MessageEvents(Consumer<byte[]> out) {
        this.out = out;
    }

    /** The names to use until, or unless, the vendor gives its own. */
    void names(String newId, String newModel) {
        id = newId;
        model = newModel;
    }

    void piece(ChatEvent event) {
        switch (event) {
            case ChatEvent.Begin begin -> {
                names(begin.id().isEmpty() ? id : begin.id(), begin.model().isEmpty() ? model : begin.model());
                start();
            }
            case ChatEvent.TextDelta(int choice, String text) -> text(choice, text);
            case ChatEvent.RefusalDelta(int choice, String text) -> text(choice, text);
            case ChatEvent.ReasoningDelta delta -> thinking(delta);
            case ChatEvent.SealedReasoning(int choice, String data, String vendor) -> {
                if (choice == 0) {
                    start();
                    close();
                    block(MessageEncoder.redacted(Signature.written(vendor, data)));
                    stop(blocks++);
                }
            }
            case ChatEvent.Cited cited -> {
                if (cited.choice() == 0 && "text".equals(open)) {
                    delta(blocks, "citations_delta", "citation", MessageEncoder.citation(cited.citation()));
                }
            }
            case ChatEvent.ToolCallDelta call -> tool(call);
            case ChatEvent.Finished finished -> {
                if (finished.choice() == 0) {
                    reason = finished.reason();
                    stopSequence = finished.stopSequence();
                }
            }
            case ChatEvent.LogProbs logProbs -> {}
            case ChatEvent.Usage usage -> {} // told at the end
        }
    }

    /** Writes what is left but the last event, which it gives. */
    byte[] finish(TokenUsage usage) {
        start();
        close();
        tools.values().forEach(this::stop);
        Map<String, Object> delta = new LinkedHashMap<>();
        delta.put("stop_reason", MessageEncoder.stopReason(reason, stopSequence));
        delta.put("stop_sequence", stopSequence);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "message_delta");
        json.put("delta", delta);
        json.put("usage", MessageEncoder.usage(usage));
        write(json);
        return bytes(event("message_stop"));
    }

    /** What was used is known at the end only; clients want numbers here too. */
    private void start() {
        if (!started) {
            started = true;
            Map<String, Object> message = MessageEncoder.head(id, model, List.of());
            message.put("stop_reason", null);
            message.put("stop_sequence", null);
            message.put("usage", UNKNOWN_YET);
            Map<String, Object> json = event("message_start");
            json.put("message", message);
            write(json);
        }
    }

    private void text(int choice, String text) {
        if (choice == 0 && !text.isEmpty()) {
            opened("text", MessageEncoder.text(""));
            delta(blocks, "text_delta", "text", text);
        }
    }

    private void thinking(ChatEvent.ReasoningDelta thought) {
        if (thought.choice() != 0) {
            return;
        }
        opened("thinking", MessageEncoder.thinking("", ""));
        if (!thought.text().isEmpty()) {
            delta(blocks, "thinking_delta", "thinking", thought.text());
        }
        if (thought.signature() != null) {
            delta(blocks, "signature_delta", "signature", Signature.written(thought.vendor(), thought.signature()));
            close();
        }
    }

    private void tool(ChatEvent.ToolCallDelta call) {
        if (call.choice() != 0) {
            return;
        }
        Integer block = tools.get(call.index());
        if (block == null) {
            start();
            close();
            String callId = call.id() == null || call.id().isEmpty() ? "toolu_" + id + "_" + call.index() : call.id();
            block(MessageEncoder.toolUse(callId, call.name() == null ? "" : call.name(), Map.of()));
            block = blocks++;
            tools.put(call.index(), block);
        }
        if (!call.arguments().isEmpty()) {
            delta(block, "input_json_delta", "partial_json", call.arguments());
        }
    }

    /** Sees to it that a block of that type is open. */
    private void opened(String type, Map<String, Object> block) {
        start();
        if (!type.equals(open)) {
            close();
            block(block);
            open = type;
        }
    }

    private void close() {
        if (open != null) {
            open = null;
            stop(blocks++);
        }
    }

    private void block(Map<String, Object> content) {
        Map<String, Object> json = event("content_block_start");
        json.put("index", blocks);
        json.put("content_block", content);
        write(json);
    }

    private void delta(int block, String type, String name, Object value) {
        Map<String, Object> delta = event(type);
        delta.put(name, value);
        Map<String, Object> json = event("content_block_delta");
        json.put("index", block);
        json.put("delta", delta);
        write(json);
    }

    private void stop(int block) {
        Map<String, Object> json = event("content_block_stop");
        json.put("index", block);
        write(json);
    }

    private static Map<String, Object> event(String type) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        return json;
    }

    private void write(Map<String, Object> event) {
        out.accept(bytes(event));
    }

    private static byte[] bytes(Map<String, Object> event) {
        return ServerSentEvents.event(String.valueOf(event.get("type")), Json.bytes(event));
    }
}

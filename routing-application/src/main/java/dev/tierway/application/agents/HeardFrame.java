package dev.tierway.application.agents;

import dev.tierway.application.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is said and asked for in bytes that are relayed as they are: an event of a stream or a whole body, in the dialects of
 * OpenAI (chat, completions, responses) and Anthropic, told apart by their members.
 */
final class HeardFrame {
    /** Nobody's text is longer; what is, is passed by. */
    private static final int MOST_BYTES = 4 << 20;

    private HeardFrame() {}

    static void read(byte[] bytes, HeardReply to) {
        if (bytes.length > MOST_BYTES) {
            return;
        }
        String frame = new String(bytes, StandardCharsets.UTF_8);
        String json = frame.startsWith("{") ? frame : data(frame);
        Object value;
        try {
            value = Json.read(json);
        } catch (IllegalArgumentException notJson) {
            // The vendor's business: nothing can be made out of it.
            return;
        }
        if (value instanceof Map<?, ?> object) {
            object(object, to);
        }
    }

    /** The data of a server-sent event. */
    private static String data(String event) {
        StringBuilder data = new StringBuilder(event.length());
        event.lines().forEach(line -> {
            if (line.startsWith("data:")) {
                data.append(line, 5, line.length()).append('\n');
            }
        });
        return data.toString();
    }

    private static void object(Map<?, ?> object, HeardReply to) {
        if (object.get("choices") instanceof List<?> choices) {
            for (Object choice : choices) {
                if (choice instanceof Map<?, ?> one && number(one, "index") == 0) {
                    choice(one, to);
                }
            }
        } else if (object.get("output") instanceof List<?> output) {
            for (int i = 0; i < output.size(); i++) {
                item(i, output.get(i), to);
            }
        } else if (object.get("content") instanceof List<?> content) {
            for (int i = 0; i < content.size(); i++) {
                block(i, content.get(i), to);
            }
        } else if (object.get("type") instanceof String type) {
            event(type, object, to);
        }
    }

    private static void choice(Map<?, ?> choice, HeardReply to) {
        said(choice.get("text"), to);
        Object delta = choice.get("delta");
        if ((delta == null ? choice.get("message") : delta) instanceof Map<?, ?> message) {
            said(message.get("content"), to);
            said(message.get("refusal"), to);
            if (message.get("tool_calls") instanceof List<?> calls) {
                for (int i = 0; i < calls.size(); i++) {
                    if (calls.get(i) instanceof Map<?, ?> call && call.get("function") instanceof Map<?, ?> function) {
                        int index = call.containsKey("index") ? number(call, "index") : i;
                        to.call(index, text(function, "name"), or(text(function, "arguments")));
                    }
                }
            }
        }
    }

    private static void event(String type, Map<?, ?> event, HeardReply to) {
        switch (type) {
            case "response.output_text.delta", "response.refusal.delta" -> said(event.get("delta"), to);
            case "response.output_item.done" -> {
                if (event.get("item") instanceof Map<?, ?> item && "function_call".equals(item.get("type"))) {
                    item(number(event, "output_index"), item, to);
                }
            }
            case "content_block_start" -> {
                if (event.get("content_block") instanceof Map<?, ?> block) {
                    said(block.get("text"), to);
                    if ("tool_use".equals(block.get("type"))) {
                        to.call(number(event, "index"), text(block, "name"), "");
                    }
                }
            }
            case "content_block_delta" -> {
                if (event.get("delta") instanceof Map<?, ?> delta) {
                    said(delta.get("text"), to);
                    String json = text(delta, "partial_json");
                    if (json != null) {
                        to.call(number(event, "index"), null, json);
                    }
                }
            }
            default -> {
                // Neither said nor asked for.
            }
        }
    }

    /** Of a response's output. */
    private static void item(int index, @Nullable Object item, HeardReply to) {
        if (item instanceof Map<?, ?> one) {
            if ("function_call".equals(one.get("type"))) {
                to.call(index, text(one, "name"), or(text(one, "arguments")));
            } else if (one.get("content") instanceof List<?> content) {
                for (int i = 0; i < content.size(); i++) {
                    block(i, content.get(i), to);
                }
            }
        }
    }

    /** Of a message's content. */
    private static void block(int index, @Nullable Object block, HeardReply to) {
        if (block instanceof Map<?, ?> one) {
            if ("tool_use".equals(one.get("type"))) {
                to.call(index, text(one, "name"), Json.canonical(one.get("input")));
            } else {
                said(one.get("text"), to);
                said(one.get("refusal"), to);
            }
        }
    }

    private static void said(@Nullable Object text, HeardReply to) {
        if (text instanceof String words && !words.isEmpty()) {
            to.text(words);
        }
    }

    private static @Nullable String text(Map<?, ?> object, String member) {
        return object.get(member) instanceof String text ? text : null;
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int number(Map<?, ?> object, String member) {
        return object.get(member) instanceof Number number ? number.intValue() : 0;
    }
}

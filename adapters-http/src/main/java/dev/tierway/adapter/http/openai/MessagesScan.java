package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.adapter.http.wire.MessageSpans;
import dev.tierway.domain.catalogue.Construct;

/** Passes over {@code messages}: checks their shape, measures their text, finds what a model must be able to take. */
final class MessagesScan {
    private final JsonCursor cursor;
    private final RequestTraits traits;
    private final ContentScan content;
    private final ToolScan tools;
    private final MessageSpans spans = new MessageSpans();
    private long textBytes;

    MessagesScan(JsonCursor cursor, byte[] body, RequestTraits traits) {
        this.cursor = cursor;
        this.traits = traits;
        this.content = new ContentScan(cursor, body, traits);
        this.tools = new ToolScan(cursor, traits);
    }

    /** The cursor stands on the value of {@code messages}. */
    void scan() {
        if (cursor.token() != JsonToken.START_ARRAY) {
            throw cursor.wrongType("messages", "an array of messages");
        }
        while (cursor.advance() != JsonToken.END_ARRAY) {
            message();
        }
        if (spans.count() == 0) {
            throw HttpProblem.invalid("'messages' must hold at least one message.", "messages");
        }
    }

    MessageSpans spans() {
        return spans;
    }

    long textBytes() {
        return textBytes;
    }

    long mediaTokens() {
        return content.mediaTokens();
    }

    private void message() {
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw cursor.wrongType(at(""), "an object with 'role' and 'content'");
        }
        int start = cursor.start();
        ReasoningScan reasoning = new ReasoningScan(cursor, traits);
        boolean hasRole = false;
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            cursor.advance();
            switch (name) {
                case "role" -> {
                    hasRole = true;
                    role();
                }
                case "content" -> textBytes += content.scan(spans.count());
                case "reasoning_content", "reasoning" -> textBytes += reasoning.text();
                case SignedReasoning.MEMBER -> textBytes += reasoning.details();
                default -> beside(name);
            }
        }
        if (!hasRole) {
            throw HttpProblem.invalid("'" + at("") + "' has no 'role'.", at(".role"));
        }
        reasoning.over();
        spans.add(start, cursor.end(), textBytes);
    }

    private void role() {
        if (cursor.token() != JsonToken.VALUE_STRING) {
            throw cursor.wrongType(at(".role"), "a string");
        }
        switch (cursor.text()) {
            case "system", "developer", "user", "assistant", "tool" -> {}
            default -> traits.use(Construct.NATIVE);
        }
    }

    /** Members beside the content (tool calls, refusals, names) are read by the model too. */
    private void beside(String name) {
        if (!cursor.given()) {
            return;
        }
        int from = cursor.start();
        switch (name) {
            case "name" -> traits.use(Construct.SPEAKER_NAME);
            case "tool_calls" -> tools.calls();
            case "tool_call_id" -> traits.use(Construct.TOOLS);
            case "annotations" -> traits.use(cursor.holdsSomething(), Construct.CITATIONS);
            case "cache_control" -> traits.use(Construct.CACHE_CONTROL);
            case "refusal" -> {}
            default -> traits.use(Construct.NATIVE);
        }
        textBytes += name.equals("tool_calls") ? cursor.end() - from : cursor.textBytes();
    }

    /** The current message, or a member of it, by its name in errors. */
    private String at(String member) {
        return "messages[" + spans.count() + "]" + member;
    }
}

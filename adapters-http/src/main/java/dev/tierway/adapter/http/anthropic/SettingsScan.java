package dev.tierway.adapter.http.anthropic;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes over the members beside the messages. */
final class SettingsScan {
    private final JsonCursor cursor;
    private final ContentScan found;
    private long schemaBytes;
    private int toolsStart;
    private int toolsEnd;
    private @Nullable String user;

    /** @param found where needs and constructs are collected */
    SettingsScan(JsonCursor cursor, ContentScan found) {
        this.cursor = cursor;
        this.found = found;
    }

    /** Bytes of tool definitions and schemas: the model reads them like text. */
    long schemaBytes() {
        return schemaBytes;
    }

    int toolsStart() {
        return toolsStart;
    }

    /** Equal to the start if there are no tools. */
    int toolsEnd() {
        return toolsEnd;
    }

    /** {@code metadata.user_id}; null if none. */
    @Nullable
    String user() {
        return user;
    }

    /** The cursor stands on the member's value. */
    void member(String name) {
        if (cursor.token() == JsonToken.VALUE_NULL) {
            return;
        }
        switch (name) {
            case "tools" -> tools();
            case "tool_choice" -> toolChoice();
            case "thinking" -> thinking();
            case "output_config" -> outputConfig();
            case "temperature" -> number(name, Construct.TEMPERATURE);
            case "top_p" -> number(name, Construct.TOP_P);
            case "top_k" -> number(name, Construct.TOP_K);
            case "stop_sequences" -> {
                if (cursor.token() != JsonToken.START_ARRAY) {
                    throw cursor.wrongType(name, "an array of strings");
                }
                found.use(true, Construct.STOP);
                cursor.skipValue();
            }
            case "metadata" -> metadata();
            case "service_tier" -> {
                found.use(true, Construct.SERVICE_TIER);
                cursor.requireText(name);
            }
            case "cache_control" -> found.cached();
            default -> {
                found.use(true, Construct.OTHER);
                cursor.skipValue();
            }
        }
    }

    private void number(String name, Construct construct) {
        if (!cursor.token().isNumeric()) {
            throw cursor.wrongType(name, "a number");
        }
        found.use(true, construct);
    }

    private void tools() {
        if (cursor.token() != JsonToken.START_ARRAY) {
            throw cursor.wrongType("tools", "an array");
        }
        int start = cursor.start();
        boolean any = false;
        while (cursor.advance() != JsonToken.END_ARRAY) {
            any = true;
            object(name -> {
                switch (name) {
                    case "strict" -> found.use(cursor.token() == JsonToken.VALUE_TRUE, Construct.STRICT_TOOLS);
                    case "cache_control" -> found.cached();
                    case "type" -> {
                        String type = cursor.optionalText("tools[].type");
                        found.use(type != null && !type.equals("custom"), Construct.NATIVE);
                    }
                    default -> cursor.skipValue();
                }
            });
        }
        if (any) {
            found.needs().add(Capability.TOOLS);
            found.use(true, Construct.TOOLS);
            toolsStart = start;
            toolsEnd = cursor.end();
            schemaBytes += toolsEnd - toolsStart;
        }
    }

    private void toolChoice() {
        requireObject("tool_choice");
        object(name -> {
            switch (name) {
                case "type" -> found.use(!cursor.requireText("tool_choice.type").equals("auto"), Construct.TOOL_CHOICE);
                case "disable_parallel_tool_use" -> found.use(true, Construct.PARALLEL_TOOL_CALLS);
                default -> cursor.skipValue();
            }
        });
    }

    private void thinking() {
        requireObject("thinking");
        object(name -> {
            switch (name) {
                case "type" -> {
                    String type = cursor.requireText("thinking.type");
                    if (!type.equals("disabled")) {
                        found.needs().add(Capability.REASONING);
                    }
                    found.use(!type.equals("enabled"), Construct.REASONING_EFFORT);
                }
                case "budget_tokens" -> found.use(true, Construct.REASONING_BUDGET);
                default -> cursor.skipValue();
            }
        });
    }

    private void outputConfig() {
        requireObject("output_config");
        object(name -> {
            switch (name) {
                case "effort" -> found.use(cursor.token() == JsonToken.VALUE_STRING, Construct.REASONING_EFFORT);
                case "format" -> {
                    if (cursor.token() == JsonToken.START_OBJECT) {
                        int start = cursor.start();
                        cursor.skipValue();
                        schemaBytes += cursor.end() - start;
                        found.needs().add(Capability.JSON);
                        found.use(true, Construct.JSON_SCHEMA);
                    }
                }
                default -> cursor.skipValue();
            }
        });
    }

    private void metadata() {
        requireObject("metadata");
        object(name -> {
            if (name.equals("user_id")) {
                user = cursor.optionalText("metadata.user_id");
                found.use(user != null, Construct.USER);
            } else {
                found.use(true, Construct.OTHER);
                cursor.skipValue();
            }
        });
    }

    private void requireObject(String name) {
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw cursor.wrongType(name, "an object");
        }
    }

    /** Passes over an object, member by member; over anything else as a whole. */
    private void object(Consumer<String> member) {
        if (cursor.token() != JsonToken.START_OBJECT) {
            cursor.skipValue();
            return;
        }
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            cursor.advance();
            member.accept(name);
        }
    }
}

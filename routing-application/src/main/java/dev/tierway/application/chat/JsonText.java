package dev.tierway.application.chat;

/**
 * Opaque JSON (a schema, a tool's arguments) as its text: carried, never interpreted. The codec that made it has
 * validated it.
 */
public record JsonText(String json) {
    public static final JsonText EMPTY_OBJECT = new JsonText("{}");

    @Override
    public String toString() {
        return json;
    }
}

package dev.tierway.application.port.out;

/**
 * What a tool came to.
 *
 * @param text what the model reads
 * @param failed whether the tool failed, which the model is told
 */
public record ToolOutcome(String text, boolean failed) {
    public static ToolOutcome of(String text) {
        return new ToolOutcome(text, false);
    }

    public static ToolOutcome failure(String text) {
        return new ToolOutcome(text, true);
    }
}

package dev.tierway.application.tools;

import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolDefinition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A tool in this program.
 *
 * @param timeout most it may take; null: what goes for all tools of the conversation
 */
public record JavaTool(
        ToolDefinition definition,
        ToolFunction function,
        @Nullable Duration timeout) {
    /** What every vendor takes for a name. */
    public static final String NAMES = "[a-zA-Z0-9_-]{1,64}";

    /** @throws IllegalArgumentException for a name that some vendor doesn't take, or a timeout that isn't above 0 */
    public JavaTool {
        if (!definition.name().matches(NAMES)) {
            throw new IllegalArgumentException("'" + definition.name()
                    + "' is no name for a tool: use 1 to 64 letters, digits, '_' and '-', as all vendors take them");
        }
        if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
            throw new IllegalArgumentException("the timeout of tool " + definition.name() + " must be above 0");
        }
    }

    /** @param schema JSON Schema of the arguments, an object's */
    public static JavaTool of(String name, String description, String schema, ToolFunction function) {
        return new JavaTool(new ToolDefinition(name, description, new JsonText(schema), null), function, null);
    }

    /** A tool without arguments. */
    public static JavaTool of(String name, String description, ToolFunction function) {
        return new JavaTool(new ToolDefinition(name, description, null, null), function, null);
    }

    /** The same with a timeout of its own. */
    public JavaTool within(Duration most) {
        return new JavaTool(definition, function, most);
    }
}

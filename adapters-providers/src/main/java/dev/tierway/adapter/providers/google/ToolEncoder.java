package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;

/**
 * Writes tools. Their schemas go as {@code parametersJsonSchema}, which takes JSON Schema as it is; the older {@code
 * parameters} take a dialect of OpenAPI that would need a lossy translation.
 */
final class ToolEncoder {
    private ToolEncoder() {}

    static void write(ChatRequest request, ObjectNode body) {
        if (!request.tools().isEmpty()) {
            ArrayNode functions = body.putArray("tools").addObject().putArray("functionDeclarations");
            for (ToolDefinition tool : request.tools()) {
                ObjectNode function = functions.addObject().put("name", tool.name());
                if (tool.description() != null) {
                    function.put("description", tool.description());
                }
                if (tool.parameters() != null) {
                    function.putRawValue(
                            "parametersJsonSchema",
                            new RawValue(tool.parameters().json()));
                }
            }
        }
        boolean strict = request.tools().stream().anyMatch(tool -> Boolean.TRUE.equals(tool.strict()));
        if (request.toolChoice() != null || strict) {
            choice(request.toolChoice() == null ? new ToolChoice.Auto() : request.toolChoice(), strict, body);
        }
    }

    /** A forced call always fits its schema; a free one does if it is validated. */
    private static void choice(ToolChoice choice, boolean strict, ObjectNode body) {
        ObjectNode config = body.putObject("toolConfig").putObject("functionCallingConfig");
        switch (choice) {
            case ToolChoice.Auto() -> config.put("mode", strict ? "VALIDATED" : "AUTO");
            case ToolChoice.None() -> config.put("mode", "NONE");
            case ToolChoice.Required() -> config.put("mode", "ANY");
            case ToolChoice.Tool(String name) ->
                config.put("mode", "ANY").putArray("allowedFunctionNames").add(name);
        }
    }
}

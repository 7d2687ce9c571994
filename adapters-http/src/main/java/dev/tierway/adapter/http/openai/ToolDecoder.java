package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a chat completion's body says of tools into neutral types. */
final class ToolDecoder {
    private ToolDecoder() {}

    private static final Set<String> KNOWN = Set.of("type", "function", CacheControl.MEMBER);
    private static final Set<String> KNOWN_OF_FUNCTION =
            Set.of("name", "description", "parameters", "strict", CacheControl.MEMBER);

    /** All that is said of them at the top of a body. */
    static void tools(JsonMember root, ChatRequest.Builder request) {
        if (!root.get("functions").elements().isEmpty()) {
            throw root.get("functions").unsupported("can't be translated; 'tools' can");
        }
        for (JsonMember tool : root.get("tools").elements()) {
            request.tool(definition(tool));
            Part.CachePoint own = CacheControl.of(tool);
            Part.CachePoint point = own == null ? CacheControl.of(tool.get("function")) : own;
            if (point != null) {
                request.toolsCached(point);
            }
        }
        request.toolChoice(choice(root.get("tool_choice")))
                .parallelToolCalls(root.get("parallel_tool_calls").optionalFlag());
    }

    private static ToolDefinition definition(JsonMember tool) {
        requireFunction(tool);
        tool.requireOnly(KNOWN);
        JsonMember function = tool.get("function");
        function.requireOnly(KNOWN_OF_FUNCTION);
        JsonMember parameters = function.get("parameters");
        return new ToolDefinition(
                function.get("name").text(),
                function.get("description").optionalText(),
                parameters.absent() ? null : new JsonText(parameters.node().toString()),
                function.get("strict").optionalFlag());
    }

    private static @Nullable ToolChoice choice(JsonMember choice) {
        if (choice.absent()) {
            return null;
        }
        if (!choice.isText()) {
            requireFunction(choice);
            return new ToolChoice.Tool(choice.get("function").get("name").text());
        }
        return switch (choice.text()) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> throw choice.invalid("must be auto, none, required or a function");
        };
    }

    static ToolCall call(JsonMember call) {
        requireFunction(call);
        JsonMember function = call.get("function");
        return new ToolCall(call.get("id").text(), function.get("name").text(), arguments(function.get("arguments")));
    }

    /** Text that holds JSON; models leave it empty for tools without parameters. */
    private static JsonText arguments(JsonMember arguments) {
        String text = arguments.text();
        if (text.isBlank()) {
            return JsonText.EMPTY_OBJECT;
        }
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        try {
            Json.tree(json, 0, json.length, arguments.path());
        } catch (HttpProblem e) {
            throw arguments.invalid("must be text that is JSON");
        }
        return new JsonText(text);
    }

    private static void requireFunction(JsonMember tool) {
        String type = tool.get("type").optionalText();
        if (type != null && !type.equals("function")) {
            throw tool.get("type").unsupported("'" + type + "' can't be translated; functions can");
        }
    }
}

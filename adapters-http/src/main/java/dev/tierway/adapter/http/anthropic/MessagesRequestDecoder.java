package dev.tierway.adapter.http.anthropic;

import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Extra;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a message's request into neutral types, for a provider that speaks another dialect. */
final class MessagesRequestDecoder {
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "system",
            "max_tokens",
            "stream",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "metadata",
            "service_tier",
            "cache_control",
            "tierway");

    private MessagesRequestDecoder() {}

    /** @throws InvalidRequestException naming the part that is wrong, or that no other dialect can express */
    static ChatRequest decode(byte[] body) {
        JsonMember root = root(body);
        ChatRequest.Builder request = ChatRequest.builder();
        JsonMember system = root.get("system");
        if (!system.absent()) {
            List<Part> parts = BlockDecoder.parts(system);
            request.message(new ChatMessage(Role.SYSTEM, parts, null, List.of(), null));
        }
        for (JsonMember message : root.get("messages").elements()) {
            TurnDecoder.messages(message).forEach(request::message);
        }
        tools(request, root.get("tools"));
        JsonMember choice = root.get("tool_choice");
        Boolean single = choice.get("disable_parallel_tool_use").optionalFlag();
        try {
            return request.toolChoice(toolChoice(choice))
                    .parallelToolCalls(single == null ? null : !single)
                    .responseFormat(format(root.get("output_config").get("format")))
                    .sampling(sampling(root))
                    .maxOutputTokens(root.get("max_tokens").optionalWholeNumber())
                    .reasoning(reasoning(root))
                    .endUser(root.get("metadata").get("user_id").optionalText())
                    .serviceTier(serviceTier(root.get("service_tier").optionalText()))
                    .extra(extra(root))
                    .build();
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static JsonMember root(byte[] body) {
        try {
            return new JsonMember(Json.tree(body, 0, body.length, "body"), "");
        } catch (HttpProblem e) {
            throw invalid(e.text());
        }
    }

    private static void tools(ChatRequest.Builder request, JsonMember tools) {
        for (JsonMember tool : tools.elements()) {
            String type = tool.get("type").optionalText();
            if (type != null && !type.equals("custom")) {
                throw tool.get("type").unsupported("'" + type + "' is a tool of Anthropic's own");
            }
            JsonMember schema = tool.get("input_schema");
            request.tool(new ToolDefinition(
                    tool.get("name").text(),
                    tool.get("description").optionalText(),
                    schema.absent() ? null : new JsonText(schema.node().toString()),
                    tool.get("strict").optionalFlag()));
            Part.CachePoint point = BlockDecoder.cachePoint(tool);
            if (point != null) {
                request.toolsCached(point);
            }
        }
    }

    private static @Nullable ToolChoice toolChoice(JsonMember choice) {
        if (choice.absent()) {
            return null;
        }
        String type = choice.get("type").text();
        return switch (type) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Tool(choice.get("name").text());
            default -> throw choice.get("type").invalid("must be auto, any, none or tool");
        };
    }

    private static @Nullable ResponseFormat format(JsonMember format) {
        if (format.absent()) {
            return null;
        }
        if (!format.get("type").text().equals("json_schema")) {
            throw format.get("type").unsupported("can't be translated; json_schema can");
        }
        return new ResponseFormat.JsonSchema(
                "response", new JsonText(format.get("schema").node().toString()), true);
    }

    private static Sampling sampling(JsonMember root) {
        return new Sampling(
                root.get("temperature").optionalNumber(),
                root.get("top_p").optionalNumber(),
                root.get("top_k").optionalWholeNumber(),
                null,
                null,
                null,
                root.get("stop_sequences").elements().stream()
                        .map(JsonMember::text)
                        .toList());
    }

    /** Adaptive thinking without a word on effort is Anthropic's {@code high}. */
    private static Reasoning reasoning(JsonMember root) {
        String effort = root.get("output_config").get("effort").optionalText();
        JsonMember thinking = root.get("thinking");
        if (thinking.absent()) {
            return new Reasoning(effort, null, null);
        }
        String display = thinking.get("display").optionalText();
        Boolean shown = display == null ? null : !display.equals("omitted");
        String type = thinking.get("type").text();
        return switch (type) {
            case "disabled" -> new Reasoning("none", null, null);
            case "enabled" ->
                new Reasoning(effort, thinking.get("budget_tokens").optionalWholeNumber(), shown);
            case "adaptive" -> new Reasoning(effort == null ? "high" : effort, null, shown);
            default -> throw thinking.get("type").unsupported("'" + type + "' can't be translated");
        };
    }

    private static @Nullable String serviceTier(@Nullable String tier) {
        return "standard_only".equals(tier) ? "default" : tier;
    }

    private static Extra extra(JsonMember root) {
        Map<String, JsonText> members = new LinkedHashMap<>();
        root.node().fields().forEachRemaining(member -> {
            if (!KNOWN.contains(member.getKey())) {
                members.put(member.getKey(), new JsonText(member.getValue().toString()));
            }
        });
        return members.isEmpty() ? Extra.NONE : new Extra(Signature.ANTHROPIC, members);
    }

    private static TierwayException invalid(String message) {
        return new InvalidRequestException(TierwayException.Details.of(400, "invalid_request", message));
    }
}

package dev.tierway.adapter.http.responses;

import dev.tierway.adapter.http.openai.ExtraMembers;
import dev.tierway.adapter.http.openai.OpenAiRequestDecoder;
import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Extra;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.error.InvalidRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request for a response into neutral types. */
final class ResponsesRequestDecoder {
    private static final Set<String> PLACED = Set.of(
            "model",
            "tierway",
            "input",
            "instructions",
            "max_output_tokens",
            "temperature",
            "top_p",
            "stream",
            "stream_options",
            "store",
            "background",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "text",
            "reasoning",
            "user",
            "metadata",
            "service_tier",
            "top_logprobs",
            "include");

    private static final String DIALECT = "openai-responses";

    /** What an answer holds anyway, if there is such a thing. */
    private static final Set<String> GIVEN = Set.of("reasoning.encrypted_content", "message.output_text.logprobs");

    private ResponsesRequestDecoder() {}

    /** @throws InvalidRequestException naming the part that is wrong, or that no other dialect can express */
    static ChatRequest decode(byte[] body) {
        JsonMember root = OpenAiRequestDecoder.root(body);
        requireNothingKept(root);
        ChatRequest.Builder request = ChatRequest.builder();
        String instructions = root.get("instructions").optionalText();
        if (instructions != null) {
            request.message(ChatMessage.system(instructions));
        }
        input(root.get("input"), request);
        tools(root, request);
        Long top = root.get("top_logprobs").optionalWholeNumber();
        try {
            return request.responseFormat(format(root.get("text")))
                    .sampling(new Sampling(
                            root.get("temperature").optionalNumber(),
                            root.get("top_p").optionalNumber(),
                            null,
                            null,
                            null,
                            null,
                            List.of()))
                    .maxOutputTokens(root.get("max_output_tokens").optionalWholeNumber())
                    .reasoning(reasoning(root.get("reasoning")))
                    .endUser(root.get("user").optionalText())
                    .topLogProbs(top == null ? null : Math.toIntExact(top))
                    .metadata(root.get("metadata").texts())
                    .serviceTier(root.get("service_tier").optionalText())
                    .extra(extra(root))
                    .build();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw OpenAiRequestDecoder.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Extra extra(JsonMember root) {
        Extra others = ExtraMembers.of(root, PLACED, DIALECT);
        JsonMember verbosity = root.get("text").get("verbosity");
        Map<String, JsonText> members = new LinkedHashMap<>(others.members());
        if (!verbosity.absent()) {
            members.put("verbosity", new JsonText(verbosity.node().toString()));
        }
        if (!root.get("include").elements().stream().allMatch(what -> GIVEN.contains(what.text()))) {
            members.put("include", new JsonText(root.get("include").node().toString()));
        }
        return members.isEmpty() ? Extra.NONE : new Extra(DIALECT, members);
    }

    private static void requireNothingKept(JsonMember root) {
        for (String reference : List.of("previous_response_id", "conversation")) {
            if (!root.get(reference).absent()) {
                throw root.get(reference)
                        .invalid("can't be used: replies aren't kept here; send the whole conversation in 'input'");
            }
        }
        if (Boolean.TRUE.equals(root.get("store").optionalFlag())) {
            throw root.get("store").invalid("must be false or left out: replies aren't kept here");
        }
        if (Boolean.TRUE.equals(root.get("background").optionalFlag())) {
            throw root.get("background").invalid("must be false or left out: replies aren't kept here");
        }
        if (!root.get("prompt").absent()) {
            throw root.get("prompt").unsupported("is a template that only its vendor has");
        }
    }

    private static void input(JsonMember input, ChatRequest.Builder request) {
        if (input.isText()) {
            request.user(input.text());
            return;
        }
        if (input.absent()) {
            throw input.invalid("is missing");
        }
        ItemDecoder items = new ItemDecoder(request);
        input.elements().forEach(items::item);
        items.over();
    }

    private static void tools(JsonMember root, ChatRequest.Builder request) {
        for (JsonMember tool : root.get("tools").elements()) {
            requireFunction(tool);
            JsonMember parameters = tool.get("parameters");
            request.tool(new ToolDefinition(
                    tool.get("name").text(),
                    tool.get("description").optionalText(),
                    parameters.absent() ? null : new JsonText(parameters.node().toString()),
                    tool.get("strict").optionalFlag()));
        }
        request.toolChoice(choice(root.get("tool_choice")))
                .parallelToolCalls(root.get("parallel_tool_calls").optionalFlag());
    }

    private static void requireFunction(JsonMember tool) {
        String type = tool.get("type").text();
        if (!type.equals("function")) {
            throw tool.get("type").unsupported("'" + type + "' can't be translated; functions can");
        }
    }

    private static @Nullable ToolChoice choice(JsonMember choice) {
        if (choice.absent()) {
            return null;
        }
        if (!choice.isText()) {
            requireFunction(choice);
            return new ToolChoice.Tool(choice.get("name").text());
        }
        return switch (choice.text()) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> throw choice.invalid("must be auto, none, required or a function");
        };
    }

    private static @Nullable ResponseFormat format(JsonMember text) {
        JsonMember format = text.get("format");
        if (format.absent()) {
            return null;
        }
        String type = format.get("type").text();
        return switch (type) {
            case "text" -> new ResponseFormat.PlainText();
            case "json_object" -> new ResponseFormat.JsonObject();
            case "json_schema" ->
                new ResponseFormat.JsonSchema(
                        format.get("name").text(),
                        new JsonText(format.get("schema").node().toString()),
                        format.get("strict").optionalFlag());
            default -> throw format.get("type").unsupported("'" + type + "' can't be translated");
        };
    }

    private static Reasoning reasoning(JsonMember reasoning) {
        String summary = reasoning.get("summary").optionalText();
        return new Reasoning(reasoning.get("effort").optionalText(), null, summary == null ? null : true);
    }

    static Role role(JsonMember role) {
        return switch (role.text()) {
            case "system" -> Role.SYSTEM;
            case "developer" -> Role.DEVELOPER;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            default -> throw role.invalid("must be system, developer, user or assistant");
        };
    }
}

package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an OpenAI chat completion's body into neutral types, for a provider that speaks another dialect. */
public final class OpenAiRequestDecoder {
    private OpenAiRequestDecoder() {}

    /** @throws InvalidRequestException naming the part that is wrong, or that no other dialect can express */
    public static ChatRequest decode(byte[] body) {
        JsonMember root = root(body);
        ChatRequest.Builder request = ChatRequest.builder();
        for (JsonMember message : root.get("messages").elements()) {
            request.message(MessageDecoder.message(message));
        }
        ToolDecoder.tools(root, request);
        Long choices = root.get("n").optionalWholeNumber();
        try {
            return request.responseFormat(responseFormat(root.get("response_format")))
                    .sampling(sampling(root))
                    .maxOutputTokens(maxTokens(root))
                    .choices(choices == null ? 1 : Math.toIntExact(choices))
                    .reasoningEffort(root.get("reasoning_effort").optionalText())
                    .endUser(root.get("user").optionalText())
                    .topLogProbs(topLogProbs(root))
                    .metadata(root.get("metadata").texts())
                    .serviceTier(root.get("service_tier").optionalText())
                    .extra(ExtraMembers.of(root))
                    .build();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Integer topLogProbs(JsonMember root) {
        Long top = root.get("top_logprobs").optionalWholeNumber();
        if (top != null) {
            return Math.toIntExact(top);
        }
        return Boolean.TRUE.equals(root.get("logprobs").optionalFlag()) ? 0 : null;
    }

    /** @throws InvalidRequestException if it isn't JSON */
    public static JsonMember root(byte[] body) {
        try {
            return new JsonMember(Json.tree(body, 0, body.length, "body"), "");
        } catch (HttpProblem e) {
            throw invalid(e.text());
        }
    }

    private static @Nullable Long maxTokens(JsonMember root) {
        Long newer = root.get("max_completion_tokens").optionalWholeNumber();
        return newer != null ? newer : root.get("max_tokens").optionalWholeNumber();
    }

    static Sampling sampling(JsonMember root) {
        return new Sampling(
                root.get("temperature").optionalNumber(),
                root.get("top_p").optionalNumber(),
                root.get("top_k").optionalWholeNumber(),
                root.get("frequency_penalty").optionalNumber(),
                root.get("presence_penalty").optionalNumber(),
                root.get("seed").optionalWholeNumber(),
                stop(root.get("stop")));
    }

    private static List<String> stop(JsonMember stop) {
        return stop.isText()
                ? List.of(stop.text())
                : stop.elements().stream().map(JsonMember::text).toList();
    }

    private static @Nullable ResponseFormat responseFormat(JsonMember format) {
        if (format.absent()) {
            return null;
        }
        String type = format.get("type").text();
        return switch (type) {
            case "text" -> new ResponseFormat.PlainText();
            case "json_object" -> new ResponseFormat.JsonObject();
            case "json_schema" -> {
                JsonMember schema = format.get("json_schema");
                yield new ResponseFormat.JsonSchema(
                        schema.get("name").text(),
                        new JsonText(schema.get("schema").node().toString()),
                        schema.get("strict").optionalFlag());
            }
            default -> throw format.get("type").unsupported("'" + type + "' can't be translated");
        };
    }

    public static TierwayException invalid(String message) {
        return new InvalidRequestException(TierwayException.Details.of(400, "invalid_request", message));
    }
}

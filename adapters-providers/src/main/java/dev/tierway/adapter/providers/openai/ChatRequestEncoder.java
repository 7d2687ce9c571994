package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a neutral request as a body of {@code POST /chat/completions}. Opaque JSON goes in as it is. */
final class ChatRequestEncoder {
    private static final JsonFactory JSON = new JsonFactory();

    private static final Set<String> PLACED = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "response_format",
            "temperature",
            "top_p",
            "frequency_penalty",
            "presence_penalty",
            "seed",
            "stop",
            "max_tokens",
            "max_completion_tokens",
            "n",
            "reasoning_effort",
            "user",
            "logprobs",
            "top_logprobs",
            "metadata",
            "service_tier");

    private final OpenAiDialect dialect;
    private final MessageEncoder messages;
    private final boolean reportsUsage;

    ChatRequestEncoder(OpenAiDialect dialect, boolean reportsUsage) {
        this.dialect = dialect;
        this.messages = new MessageEncoder(dialect);
        this.reportsUsage = reportsUsage;
    }

    byte[] encode(ChatRequest asked, String upstreamModel, boolean stream) {
        ChatRequest request = Trimmed.of(asked, dialect.lacks());
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("model", upstreamModel);
            json.writeArrayFieldStart("messages");
            for (ChatMessage message : request.messages()) {
                messages.write(json, message);
            }
            json.writeEndArray();
            tools(json, request);
            if (request.responseFormat() != null) {
                responseFormat(json, request.responseFormat());
            }
            sampling(json, request.sampling());
            if (request.maxOutputTokens() != null) {
                json.writeNumberField(dialect.outputCap(), request.maxOutputTokens());
            }
            if (request.choices() != 1) {
                json.writeNumberField("n", request.choices());
            }
            text(json, "reasoning_effort", request.reasoning().effort());
            text(json, "user", request.user());
            books(json, request);
            ExtraWriter.write(json, request.extra(), PLACED);
            if (stream) {
                json.writeBooleanField("stream", true);
                if (reportsUsage) {
                    json.writeObjectFieldStart("stream_options");
                    json.writeBooleanField("include_usage", true);
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private static void books(JsonGenerator json, ChatRequest request) throws IOException {
        Integer top = request.topLogProbs();
        if (top != null) {
            json.writeBooleanField("logprobs", true);
            if (top > 0) {
                json.writeNumberField("top_logprobs", top);
            }
        }
        if (!request.metadata().isEmpty()) {
            json.writeObjectFieldStart("metadata");
            for (Map.Entry<String, String> label : request.metadata().entrySet()) {
                json.writeStringField(label.getKey(), label.getValue());
            }
            json.writeEndObject();
        }
        text(json, "service_tier", request.serviceTier());
    }

    private static void tools(JsonGenerator json, ChatRequest request) throws IOException {
        if (!request.tools().isEmpty()) {
            json.writeArrayFieldStart("tools");
            for (ToolDefinition tool : request.tools()) {
                tool(json, tool);
            }
            json.writeEndArray();
        }
        if (request.toolChoice() != null) {
            toolChoice(json, request.toolChoice());
        }
        if (request.parallelToolCalls() != null) {
            json.writeBooleanField("parallel_tool_calls", request.parallelToolCalls());
        }
    }

    private static void tool(JsonGenerator json, ToolDefinition tool) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", tool.name());
        text(json, "description", tool.description());
        if (tool.parameters() != null) {
            json.writeFieldName("parameters");
            json.writeRawValue(tool.parameters().json());
        }
        flag(json, "strict", tool.strict());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void toolChoice(JsonGenerator json, ToolChoice choice) throws IOException {
        switch (choice) {
            case ToolChoice.Auto() -> json.writeStringField("tool_choice", "auto");
            case ToolChoice.None() -> json.writeStringField("tool_choice", "none");
            case ToolChoice.Required() -> json.writeStringField("tool_choice", "required");
            case ToolChoice.Tool(String name) -> {
                json.writeObjectFieldStart("tool_choice");
                json.writeStringField("type", "function");
                json.writeObjectFieldStart("function");
                json.writeStringField("name", name);
                json.writeEndObject();
                json.writeEndObject();
            }
        }
    }

    private static void responseFormat(JsonGenerator json, ResponseFormat format) throws IOException {
        json.writeObjectFieldStart("response_format");
        switch (format) {
            case ResponseFormat.PlainText() -> json.writeStringField("type", "text");
            case ResponseFormat.JsonObject() -> json.writeStringField("type", "json_object");
            case ResponseFormat.JsonSchema schema -> {
                json.writeStringField("type", "json_schema");
                json.writeObjectFieldStart("json_schema");
                json.writeStringField("name", schema.name());
                json.writeFieldName("schema");
                json.writeRawValue(schema.schema().json());
                flag(json, "strict", schema.strict());
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }

    private static void sampling(JsonGenerator json, Sampling how) throws IOException {
        number(json, "temperature", how.temperature());
        number(json, "top_p", how.topP());
        number(json, "frequency_penalty", how.frequencyPenalty());
        number(json, "presence_penalty", how.presencePenalty());
        if (how.seed() != null) {
            json.writeNumberField("seed", how.seed());
        }
        if (!how.stop().isEmpty()) {
            json.writeArrayFieldStart("stop");
            for (String stop : how.stop()) {
                json.writeString(stop);
            }
            json.writeEndArray();
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Double value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    private static void flag(JsonGenerator json, String name, @Nullable Boolean value) throws IOException {
        if (value != null) {
            json.writeBooleanField(name, value);
        }
    }
}

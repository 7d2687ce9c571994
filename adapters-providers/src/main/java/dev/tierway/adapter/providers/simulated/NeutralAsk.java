package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import org.jspecify.annotations.Nullable;

/** Reads an ask out of a neutral request. */
final class NeutralAsk {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NeutralAsk() {}

    /** @throws IllegalArgumentException if a schema isn't JSON */
    static SimulatedAsk of(ChatRequest chat, String model, String where) {
        long characters = 0;
        String prompt = "";
        for (ChatMessage message : chat.messages()) {
            String text = message.text();
            characters += text.length();
            prompt = message.role() == Role.USER ? text : prompt;
        }
        ToolDefinition tool = demanded(chat);
        ResponseFormat format = chat.responseFormat();
        return new SimulatedAsk(
                model,
                where,
                prompt,
                SimulatedAsk.tokens(characters, chat.messages().size()),
                tool == null ? null : tool.name(),
                tool == null ? null : parsed(tool.parameters()),
                format instanceof ResponseFormat.JsonObject || format instanceof ResponseFormat.JsonSchema,
                format instanceof ResponseFormat.JsonSchema schema ? parsed(schema.schema()) : null,
                chat.maxOutputTokens(),
                chat.choices());
    }

    private static @Nullable ToolDefinition demanded(ChatRequest chat) {
        for (ToolDefinition tool : chat.tools()) {
            if (chat.toolChoice() instanceof ToolChoice.Required
                    || (chat.toolChoice() instanceof ToolChoice.Tool(String name) && name.equals(tool.name()))) {
                return tool;
            }
        }
        return null;
    }

    private static @Nullable JsonNode parsed(@Nullable JsonText text) {
        try {
            return text == null ? null : JSON.readTree(text.json());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a schema is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}

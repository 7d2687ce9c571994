package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a neutral request as a body of {@code generateContent}. Opaque JSON goes in as it is. */
final class RequestEncoder {
    /** The dialect's name for {@link dev.tierway.application.chat.Extra}. */
    static final String DIALECT = "gemini";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean serviceTiers;
    private final ThoughtSignatures signatures;

    /** @param serviceTiers whether this door takes {@code serviceTier} */
    RequestEncoder(boolean serviceTiers, ThoughtSignatures signatures) {
        this.serviceTiers = serviceTiers;
        this.signatures = signatures;
    }

    /** @throws IllegalArgumentException if something in it can't be said to Gemini; the message says what */
    byte[] encode(ChatRequest request, String upstreamModel) {
        GeminiModel model = GeminiModel.of(upstreamModel);
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        ToolEncoder.write(request, rest);
        GenerationConfigEncoder.write(request, model, rest);
        serviceTier(request, rest);
        ExtraMembers.add(request.extra().sentIn(DIALECT), rest);
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            messages(json, request, model);
            for (var member : rest.properties()) {
                json.writeFieldName(member.getKey());
                JSON.writeTree(json, member.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private void messages(JsonGenerator json, ChatRequest request, GeminiModel model) throws IOException {
        List<ChatMessage> system = new ArrayList<>();
        List<ChatMessage> turns = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            boolean instructs = message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
            (instructs ? system : turns).add(message);
        }
        ContentEncoder contents = new ContentEncoder(json, model, signatures);
        if (turns.isEmpty()) {
            // Gemini wants at least one turn: instructions alone are then what the user says.
            turns = system;
            system = List.of();
        }
        if (!system.isEmpty()) {
            json.writeObjectFieldStart("systemInstruction");
            contents.instructions(system);
            json.writeEndObject();
        }
        json.writeArrayFieldStart("contents");
        contents.turns(turns);
        json.writeEndArray();
    }

    /** OpenAI's {@code auto} leaves it to the project, as saying nothing does; its {@code default} is Google's standard. */
    private void serviceTier(ChatRequest request, ObjectNode rest) {
        String tier = request.serviceTier();
        if (serviceTiers && tier != null && !tier.equals("auto")) {
            rest.put("serviceTier", tier.equals("default") ? "standard" : tier);
        }
    }
}

package dev.tierway.application.facade;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Constructs;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.routing.PrefixHashes;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What routing needs to know of a request in neutral types. */
public final class ChatFacts {
    /** About what vendors count for an image of middling size, or a minute of audio. */
    private static final long MEDIA_TOKENS = 1000;

    private final Set<Capability> needs = EnumSet.noneOf(Capability.class);
    private long textBytes;
    private long mediaTokens;
    private @Nullable String signatureDomain;

    private ChatFacts() {}

    public static RequestFacts of(ChatRequest request, boolean stream) {
        return of(request, stream, null);
    }

    /** @param format the wire format it came in; null if it came in neutral types */
    public static RequestFacts of(ChatRequest request, boolean stream, @Nullable WireFormat format) {
        ChatFacts facts = new ChatFacts();
        request.messages().forEach(facts::message);
        request.tools().forEach(facts::tool);
        facts.format(request.responseFormat());
        if (request.reasoning().wanted()) {
            facts.needs.add(Capability.REASONING);
        }
        return new RequestFacts(
                stream,
                facts.textBytes,
                facts.mediaTokens,
                request.maxOutputTokens(),
                request.choices(),
                facts.needs,
                facts.signatureDomain,
                format,
                Constructs.of(request),
                PrefixHashes.NONE);
    }

    private void message(ChatMessage message) {
        message.parts().forEach(this::part);
        for (ToolCall call : message.toolCalls()) {
            text(call.name());
            text(call.arguments().json());
        }
    }

    private void part(Part part) {
        switch (part) {
            case Part.Text(String text) -> text(text);
            case Part.Refusal(String text) -> text(text);
            case Part.Reasoning(String text, String signature, String vendor) -> {
                text(text);
                signatureDomain = vendor == null ? signatureDomain : vendor;
            }
            case Part.Image image -> media(Capability.VISION);
            case Part.ImageUrl image -> media(Capability.IMAGE_URL);
            case Part.Audio audio -> media(Capability.AUDIO);
            case Part.File file -> mediaTokens += file.base64().length() / 16;
            case Part.FileUrl file -> mediaTokens += MEDIA_TOKENS;
            case Part.SealedReasoning(String data, String vendor) -> {
                mediaTokens += data.length() / 4;
                signatureDomain = vendor;
            }
            case Part.Citation citation -> text(citation.quote());
            case Part.CachePoint point -> {}
        }
    }

    private void media(Capability needed) {
        needs.add(needed);
        mediaTokens += MEDIA_TOKENS;
    }

    private void tool(ToolDefinition tool) {
        needs.add(Capability.TOOLS);
        text(tool.name());
        text(tool.description());
        text(tool.parameters() == null ? null : tool.parameters().json());
    }

    private void format(@Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.PlainText plain -> {}
            case ResponseFormat.JsonObject object -> needs.add(Capability.JSON);
            case ResponseFormat.JsonSchema schema -> {
                needs.add(Capability.JSON);
                text(schema.schema().json());
            }
        }
    }

    private void text(@Nullable String text) {
        textBytes += text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}

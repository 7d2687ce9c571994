package dev.tierway.adapter.providers.openai;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.domain.catalogue.Construct;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request without what an imitator of OpenAI refuses. The caller has been told of it; what can't be left out never
 * comes here.
 */
final class Trimmed {
    private final Set<Construct> lacks;

    private Trimmed(Set<Construct> lacks) {
        this.lacks = lacks;
    }

    static ChatRequest of(ChatRequest request, Set<Construct> lacks) {
        return lacks.isEmpty() ? request : new Trimmed(lacks).trimmed(request);
    }

    private ChatRequest trimmed(ChatRequest request) {
        // Cache points have no place in a chat completion anyway.
        ChatRequest.Builder kept = ChatRequest.builder()
                .toolChoice(kept(Construct.TOOL_CHOICE, request.toolChoice()))
                .parallelToolCalls(kept(Construct.PARALLEL_TOOL_CALLS, request.parallelToolCalls()))
                .responseFormat(format(request.responseFormat()))
                .sampling(sampling(request.sampling()))
                .maxOutputTokens(request.maxOutputTokens())
                .choices(lacks.contains(Construct.CHOICES) ? 1 : request.choices())
                .reasoning(reasoning(request.reasoning()))
                .endUser(kept(Construct.USER, request.user()))
                .topLogProbs(kept(Construct.LOG_PROBS, request.topLogProbs()))
                .metadata(lacks.contains(Construct.METADATA) ? Map.of() : request.metadata())
                .serviceTier(kept(Construct.SERVICE_TIER, request.serviceTier()))
                .extra(request.extra());
        request.messages().forEach(message -> kept.message(message(message)));
        request.tools().forEach(tool -> kept.tool(tool(tool)));
        return kept.build();
    }

    private <T> @Nullable T kept(Construct construct, @Nullable T value) {
        return lacks.contains(construct) ? null : value;
    }

    private ChatMessage message(ChatMessage message) {
        List<Part> parts = lacks.contains(Construct.IMAGE_DETAIL)
                ? message.parts().stream().map(Trimmed::withoutDetail).toList()
                : message.parts();
        return new ChatMessage(
                message.role(),
                parts,
                kept(Construct.SPEAKER_NAME, message.name()),
                message.toolCalls(),
                message.toolCallId(),
                message.failed());
    }

    private static Part withoutDetail(Part part) {
        return switch (part) {
            case Part.Image image -> new Part.Image(image.mediaType(), image.base64(), null);
            case Part.ImageUrl image -> new Part.ImageUrl(image.url(), null);
            default -> part;
        };
    }

    private ToolDefinition tool(ToolDefinition tool) {
        return new ToolDefinition(
                tool.name(), tool.description(), tool.parameters(), kept(Construct.STRICT_TOOLS, tool.strict()));
    }

    private @Nullable ResponseFormat format(@Nullable ResponseFormat format) {
        return format instanceof ResponseFormat.JsonObject ? kept(Construct.JSON_MODE, format) : format;
    }

    private Sampling sampling(Sampling how) {
        return new Sampling(
                kept(Construct.TEMPERATURE, how.temperature()),
                kept(Construct.TOP_P, how.topP()),
                kept(Construct.TOP_K, how.topK()),
                kept(Construct.FREQUENCY_PENALTY, how.frequencyPenalty()),
                kept(Construct.PRESENCE_PENALTY, how.presencePenalty()),
                kept(Construct.SEED, how.seed()),
                lacks.contains(Construct.STOP) ? List.of() : how.stop());
    }

    private Reasoning reasoning(Reasoning how) {
        return new Reasoning(
                kept(Construct.REASONING_EFFORT, how.effort()),
                kept(Construct.REASONING_BUDGET, how.budgetTokens()),
                how.shown());
    }
}

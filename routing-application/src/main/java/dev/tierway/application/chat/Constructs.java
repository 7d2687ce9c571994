package dev.tierway.application.chat;

import dev.tierway.domain.catalogue.Construct;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request says that some dialect may be unable to express. */
public final class Constructs {
    private final Set<Construct> found = EnumSet.noneOf(Construct.class);

    private Constructs() {}

    public static Set<Construct> of(ChatRequest request) {
        Constructs constructs = new Constructs();
        request.messages().forEach(constructs::message);
        constructs.tools(request);
        constructs.format(request.responseFormat());
        constructs.sampling(request.sampling());
        constructs.rest(request);
        return constructs.found;
    }

    /** Of a request for embeddings. */
    public static Set<Construct> of(EmbeddingRequest request) {
        Constructs constructs = new Constructs();
        constructs.found.add(Construct.EMBEDDINGS);
        constructs.use(request.dimensions() != null, Construct.DIMENSIONS);
        constructs.use(request.inputType() != null, Construct.INPUT_TYPE);
        constructs.use(request.user() != null, Construct.USER);
        constructs.other(request.extra());
        return constructs.found;
    }

    private void other(Extra extra) {
        use(extra.dialect() != null && !extra.isEmpty(), Construct.OTHER);
    }

    private void use(boolean used, Construct construct) {
        if (used) {
            found.add(construct);
        }
    }

    private void message(ChatMessage message) {
        use(message.name() != null, Construct.SPEAKER_NAME);
        use(message.failed(), Construct.FAILED_TOOL_RESULT);
        use(!message.toolCalls().isEmpty() || message.toolCallId() != null, Construct.TOOLS);
        message.parts().forEach(this::part);
    }

    private void part(Part part) {
        switch (part) {
            case Part.Text text -> {}
            case Part.Refusal refusal -> {}
            case Part.Image image -> use(image.detail() != null, Construct.IMAGE_DETAIL);
            case Part.ImageUrl image -> {
                found.add(Construct.IMAGE_URL);
                use(image.detail() != null, Construct.IMAGE_DETAIL);
            }
            case Part.Audio audio -> found.add(Construct.AUDIO);
            case Part.File file -> found.add(Construct.FILE);
            case Part.FileUrl file -> {
                found.add(Construct.FILE);
                found.add(Construct.FILE_URL);
            }
            case Part.Reasoning reasoning -> use(reasoning.signature() == null, Construct.UNSIGNED_REASONING);
            case Part.SealedReasoning sealed -> {}
            case Part.Citation citation -> found.add(Construct.CITATIONS);
            case Part.CachePoint point -> found.add(Construct.CACHE_CONTROL);
        }
    }

    private void tools(ChatRequest request) {
        use(!request.tools().isEmpty(), Construct.TOOLS);
        use(request.tools().stream().anyMatch(tool -> Boolean.TRUE.equals(tool.strict())), Construct.STRICT_TOOLS);
        use(request.toolChoice() != null && !(request.toolChoice() instanceof ToolChoice.Auto), Construct.TOOL_CHOICE);
        use(request.parallelToolCalls() != null, Construct.PARALLEL_TOOL_CALLS);
        use(request.toolsCached() != null, Construct.CACHE_CONTROL);
    }

    private void format(@Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.PlainText plain -> {}
            case ResponseFormat.JsonObject object -> found.add(Construct.JSON_MODE);
            case ResponseFormat.JsonSchema schema -> found.add(Construct.JSON_SCHEMA);
        }
    }

    private void sampling(Sampling how) {
        use(how.temperature() != null, Construct.TEMPERATURE);
        use(how.topP() != null, Construct.TOP_P);
        use(how.topK() != null, Construct.TOP_K);
        use(how.frequencyPenalty() != null, Construct.FREQUENCY_PENALTY);
        use(how.presencePenalty() != null, Construct.PRESENCE_PENALTY);
        use(how.seed() != null, Construct.SEED);
        use(!how.stop().isEmpty(), Construct.STOP);
    }

    private void rest(ChatRequest request) {
        use(request.choices() > 1, Construct.CHOICES);
        use(request.reasoning().effort() != null, Construct.REASONING_EFFORT);
        use(request.reasoning().budgetTokens() != null, Construct.REASONING_BUDGET);
        use(request.user() != null, Construct.USER);
        use(request.topLogProbs() != null, Construct.LOG_PROBS);
        use(!request.metadata().isEmpty(), Construct.METADATA);
        use(request.serviceTier() != null, Construct.SERVICE_TIER);
        other(request.extra());
        use(request.extra().asksForAudio(), Construct.AUDIO_OUTPUT);
    }
}

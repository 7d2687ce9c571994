package dev.tierway.adapter.providers.cohere;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.adapter.providers.usage.UsageCounts;
import dev.tierway.adapter.providers.usage.UsageDialect;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What whole replies and streams have in common. */
final class CohereMembers {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private CohereMembers() {}

    static boolean isFailure(String finishReason) {
        return finishReason.equals("ERROR") || finishReason.equals("TIMEOUT");
    }

    static VendorError failure(String finishReason, JsonNode words) {
        return new VendorError(List.of(finishReason.toLowerCase(Locale.ROOT)), words.asText(""), null, null, Map.of());
    }

    static FinishReason finishReason(String theirs) {
        return switch (theirs) {
            case "COMPLETE", "STOP_SEQUENCE" -> FinishReason.STOP;
            case "MAX_TOKENS" -> FinishReason.LENGTH;
            case "TOOL_CALL" -> FinishReason.TOOL_CALLS;
            case "ERROR_TOXIC" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }

    /** Null for one of a plan or of thoughts: places in those are not places in the answer. */
    static Part.@Nullable Citation citation(JsonNode citation) {
        String type = citation.path("type").asText("TEXT_CONTENT");
        if (!citation.isObject() || !type.equals("TEXT_CONTENT")) {
            return null;
        }
        JsonNode source = citation.path("sources").path(0);
        JsonNode told = source.has("document") ? source.path("document") : source.path("tool_output");
        return new Part.Citation(
                text(told.path("url")),
                told.hasNonNull("title") ? text(told.path("title")) : text(source.path("id")),
                text(citation.path("text")),
                number(citation.path("start")),
                number(citation.path("end")));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }

    private static @Nullable Integer number(JsonNode node) {
        return node.isInt() ? node.intValue() : null;
    }

    /** Models do write broken JSON: it is kept, as a JSON string, so that whoever runs the tool can tell. */
    static JsonText arguments(JsonNode arguments) {
        if (arguments.isContainerNode()) {
            return new JsonText(arguments.toString());
        }
        String text = arguments.asText("");
        if (text.isBlank()) {
            return JsonText.EMPTY_OBJECT;
        }
        try {
            JSON.readTree(text);
            return new JsonText(text);
        } catch (JsonProcessingException broken) {
            return new JsonText(arguments.toString());
        }
    }

    /** What is billed, where it is told: the rest is what Cohere adds to a prompt for itself. */
    static @Nullable TokenUsage usage(JsonNode usage) throws IOException {
        JsonNode billed = usage.path("billed_units");
        JsonNode counted =
                billed.hasNonNull("input_tokens") && billed.hasNonNull("output_tokens") ? billed : usage.path("tokens");
        if (!counted.isObject()) {
            return null;
        }
        ObjectNode all = counted.deepCopy();
        JsonNode cached = usage.path("cached_tokens");
        if (cached.isNumber() && cached.asLong() <= counted.path("input_tokens").asLong()) {
            all.set("cached_tokens", cached);
        }
        UsageCounts counts = new UsageCounts(UsageDialect.COHERE);
        try (JsonParser json = JSON.treeAsTokens(all)) {
            json.nextToken();
            counts.read(json);
        }
        return counts.usage();
    }
}

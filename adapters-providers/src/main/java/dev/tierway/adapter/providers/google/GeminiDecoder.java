package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.http.StreamEvent;
import dev.tierway.adapter.providers.wire.DecodedEvent;
import dev.tierway.adapter.providers.wire.DecodedReply;
import dev.tierway.adapter.providers.wire.ReplyDecoder;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Understands {@code GenerateContentResponse}s: one is a whole answer, many are a stream, whose end has no mark of its
 * own.
 */
final class GeminiDecoder implements ReplyDecoder {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final List<String> MEMBERS =
            List.of("candidates", "promptFeedback", "usageMetadata", "modelVersion", "responseId");

    private final String fallbackId;
    private final String fallbackModel;
    private final long nowEpochSeconds;
    private final ThoughtSignatures signatures;
    private final Map<Integer, CandidateDecoder> candidates = new TreeMap<>();
    private @Nullable TokenUsage usage;
    private boolean begun;

    /**
     * @param fallbackId the answer's id if Google gives none; also what ids of function calls are made from
     * @param fallbackModel the model's name if Google gives none
     */
    GeminiDecoder(String fallbackId, String fallbackModel, long nowEpochSeconds, ThoughtSignatures signatures) {
        this.fallbackId = fallbackId;
        this.fallbackModel = fallbackModel;
        this.nowEpochSeconds = nowEpochSeconds;
        this.signatures = signatures;
    }

    @Override
    public DecodedEvent event(StreamEvent event) throws IOException {
        try {
            JsonNode root = read(event.data(), event.offset(), event.length());
            List<ChatEvent> pieces = new ArrayList<>();
            if (!begun) {
                begun = true;
                pieces.add(new ChatEvent.Begin(id(root), model(root), created(root)));
            }
            candidates(root, index -> pieces);
            boolean over = !candidates.isEmpty() && finishIsEnd();
            TokenUsage told = GeminiUsage.of(root.path("usageMetadata"));
            usage = told == null ? usage : told;
            // Every piece of a stream counts anew what came so far: only the last count is news.
            if (over && usage != null) {
                pieces.add(new ChatEvent.Usage(usage));
                usage = null;
            }
            return new DecodedEvent.Pieces(pieces, false);
        } catch (VendorErrorException refused) {
            return new DecodedEvent.Failed(refused.error());
        }
    }

    @Override
    public DecodedReply whole(byte[] body) throws IOException, VendorErrorException {
        JsonNode root = read(body, 0, body.length);
        Map<Integer, List<ChatEvent>> pieces = new TreeMap<>();
        candidates(root, index -> pieces.computeIfAbsent(index, first -> new ArrayList<>()));
        List<ChatResponse.Choice> choices = new ArrayList<>();
        pieces.values().forEach(choice -> choices.add(WholeChoice.of(choice)));
        return new DecodedReply(
                id(root), model(root), created(root), choices, GeminiUsage.of(root.path("usageMetadata")));
    }

    @Override
    public boolean finishIsEnd() {
        return candidates.values().stream().allMatch(CandidateDecoder::finished);
    }

    private static JsonNode read(byte[] bytes, int offset, int length) throws IOException, VendorErrorException {
        JsonNode root = JSON.readTree(bytes, offset, length);
        // Without alt=sse a stream is one list, and some proxies send errors as a list of one.
        JsonNode only = root.isArray() && root.size() == 1 ? root.get(0) : root;
        if (only.has("error")) {
            throw new VendorErrorException(VendorError.parse(bytes, offset, length));
        }
        if (MEMBERS.stream().noneMatch(only::has)) {
            throw new IOException("not an answer of Gemini's");
        }
        return only;
    }

    private void candidates(JsonNode root, IntFunction<List<ChatEvent>> pieces) throws VendorErrorException {
        JsonNode blocked = root.path("promptFeedback");
        if (blocked.hasNonNull("blockReason")) {
            throw new VendorErrorException(FinishReasons.blocked(
                    blocked.path("blockReason").asText(""),
                    blocked.path("blockReasonMessage").asText("")));
        }
        int place = 0;
        for (JsonNode candidate : root.path("candidates")) {
            int index = candidate.path("index").asInt(place++);
            CandidateDecoder decoder = candidates.get(index);
            if (decoder == null) {
                decoder = new CandidateDecoder(index, callId(root, index), signatures);
                candidates.put(index, decoder);
            }
            boolean only = candidates.size() == 1 && root.path("candidates").size() == 1;
            decoder.add(candidate, only, pieces.apply(index));
        }
    }

    private String callId(JsonNode root, int index) {
        return "call_" + id(root).replaceAll("[^A-Za-z0-9_-]", "") + "_" + index + "_";
    }

    private String id(JsonNode root) {
        String id = root.path("responseId").asText("");
        return id.isEmpty() ? fallbackId : id;
    }

    private String model(JsonNode root) {
        String model = root.path("modelVersion").asText("");
        return model.isEmpty() ? fallbackModel : model;
    }

    /** Vertex tells when an answer was made. */
    private long created(JsonNode root) {
        String time = root.path("createTime").asText("");
        if (time.isEmpty()) {
            return nowEpochSeconds;
        }
        try {
            return Instant.parse(time).getEpochSecond();
        } catch (DateTimeParseException strange) {
            return nowEpochSeconds;
        }
    }
}

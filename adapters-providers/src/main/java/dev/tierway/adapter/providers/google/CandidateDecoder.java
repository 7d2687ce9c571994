package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.TokenLogProb;
import java.util.ArrayList;
import java.util.List;

/** Reads one candidate's pieces, in order. */
final class CandidateDecoder {
    private final int choice;
    private final String callPrefix;
    private final ThoughtSignatures signatures;
    private final Citations citations;
    private int calls;
    private boolean said;
    private boolean finished;

    /** @param callPrefix what ids begin with of function calls that come without one */
    CandidateDecoder(int choice, String callPrefix, ThoughtSignatures signatures) {
        this.choice = choice;
        this.callPrefix = callPrefix;
        this.signatures = signatures;
        this.citations = new Citations(choice);
    }

    boolean finished() {
        return finished;
    }

    /**
     * The next piece of it.
     *
     * @param only whether nobody else answers: then an end before anything was said can be a failure
     * @throws VendorErrorException if it is
     */
    void add(JsonNode candidate, boolean only, List<ChatEvent> out) throws VendorErrorException {
        int before = out.size();
        for (JsonNode part : candidate.path("content").path("parts")) {
            part(part, out);
        }
        said |= out.size() > before;
        citations.add(candidate, out);
        logProbs(candidate.path("logprobsResult"), out);
        String reason = candidate.path("finishReason").asText("");
        if (!reason.isEmpty() && !finished) {
            VendorError failure = said || !only
                    ? null
                    : FinishReasons.failure(
                            reason, candidate.path("finishMessage").asText(""));
            if (failure != null) {
                throw new VendorErrorException(failure);
            }
            finished = true;
            out.add(new ChatEvent.Finished(choice, FinishReasons.of(reason, calls > 0)));
        }
    }

    private void part(JsonNode part, List<ChatEvent> out) {
        String signature = part.path("thoughtSignature").asText("");
        String text = part.path("text").asText("");
        if (part.path("functionCall").isObject()) {
            call(part.path("functionCall"), signature, out);
        } else if (part.path("thought").asBoolean(false)) {
            if (!text.isEmpty() || !signature.isEmpty()) {
                boolean signed = !signature.isEmpty();
                out.add(new ChatEvent.ReasoningDelta(
                        choice, text, signed ? signature : null, signed ? ThoughtSignatures.VENDOR : null));
            }
        } else {
            if (!text.isEmpty()) {
                citations.text(text);
                out.add(new ChatEvent.TextDelta(choice, text));
            }
            if (!signature.isEmpty()) {
                out.add(new ChatEvent.SealedReasoning(
                        choice, ThoughtSignatures.sealText(signature), ThoughtSignatures.VENDOR));
            }
        }
    }

    /** A call comes in one piece. */
    private void call(JsonNode call, String signature, List<ChatEvent> out) {
        int index = calls++;
        String given = call.path("id").asText("");
        String id = given.isEmpty() ? callPrefix + index : given;
        if (!signature.isEmpty()) {
            signatures.remember(id, signature);
            out.add(new ChatEvent.SealedReasoning(
                    choice, ThoughtSignatures.sealCall(id, signature), ThoughtSignatures.VENDOR));
        }
        JsonNode arguments = call.path("args");
        out.add(new ChatEvent.ToolCallDelta(
                choice, index, id, call.path("name").asText(""), arguments.isObject() ? arguments.toString() : "{}"));
    }

    private void logProbs(JsonNode result, List<ChatEvent> out) {
        List<TokenLogProb> tokens = new ArrayList<>();
        int place = 0;
        for (JsonNode chosen : result.path("chosenCandidates")) {
            List<TokenLogProb> top = new ArrayList<>();
            for (JsonNode other : result.path("topCandidates").path(place++).path("candidates")) {
                top.add(logProb(other, List.of()));
            }
            tokens.add(logProb(chosen, top));
        }
        if (!tokens.isEmpty()) {
            out.add(new ChatEvent.LogProbs(choice, tokens));
        }
    }

    private static TokenLogProb logProb(JsonNode token, List<TokenLogProb> top) {
        return new TokenLogProb(
                token.path("token").asText(""), token.path("logProbability").asDouble(), top);
    }
}

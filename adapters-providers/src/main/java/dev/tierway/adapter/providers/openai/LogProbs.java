package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.TokenLogProb;
import java.util.ArrayList;
import java.util.List;

/** Reads how likely tokens were; those it isn't told of are left out. */
final class LogProbs {
    private LogProbs() {}

    /** @param logProbs of a choice; may be missing or null */
    static List<TokenLogProb> of(JsonNode logProbs) {
        List<TokenLogProb> tokens = new ArrayList<>();
        add(logProbs.path("content"), tokens);
        add(logProbs.path("refusal"), tokens);
        return tokens;
    }

    private static void add(JsonNode list, List<TokenLogProb> tokens) {
        for (JsonNode token : list) {
            if (!token.path("logprob").isNumber()) {
                continue;
            }
            List<TokenLogProb> top = new ArrayList<>();
            for (JsonNode other : token.path("top_logprobs")) {
                if (other.path("logprob").isNumber()) {
                    top.add(one(other, List.of()));
                }
            }
            tokens.add(one(token, top));
        }
    }

    private static TokenLogProb one(JsonNode token, List<TokenLogProb> top) {
        return new TokenLogProb(
                token.path("token").asText(""), token.path("logprob").doubleValue(), top);
    }
}

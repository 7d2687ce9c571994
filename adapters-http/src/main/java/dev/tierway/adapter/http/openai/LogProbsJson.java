package dev.tierway.adapter.http.openai;

import dev.tierway.application.chat.TokenLogProb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How likely tokens were, as OpenAI writes it. */
final class LogProbsJson {
    private LogProbsJson() {}

    static Map<String, Object> of(List<TokenLogProb> tokens) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("content", tokens.stream().map(LogProbsJson::written).toList());
        json.put("refusal", null);
        return json;
    }

    private static Map<String, Object> written(TokenLogProb token) {
        Map<String, Object> json = token(token);
        json.put("top_logprobs", token.top().stream().map(LogProbsJson::token).toList());
        return json;
    }

    /** Without bytes: a token may be a part of a character, which its text no longer tells. */
    private static Map<String, Object> token(TokenLogProb token) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("token", token.token());
        json.put("logprob", token.logProb());
        json.put("bytes", null);
        return json;
    }
}

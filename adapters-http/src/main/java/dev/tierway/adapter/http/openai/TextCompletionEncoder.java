package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.TokenLogProb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a whole reply in neutral types as a legacy completion. */
final class TextCompletionEncoder {
    private TextCompletionEncoder() {}

    static byte[] whole(ChatResponse response) {
        List<Object> choices = new ArrayList<>();
        for (ChatResponse.Choice choice : response.choices()) {
            choices.add(choice(
                    choices.size(),
                    choice.message().text(),
                    OpenAiReplyEncoder.finishReason(choice.finishReason()),
                    choice.logProbs(),
                    0));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", response.id());
        json.put("object", "text_completion");
        json.put("created", response.createdEpochSeconds());
        json.put("model", response.model());
        json.put("choices", choices);
        json.put("usage", OpenAiReplyEncoder.usage(response.usage()));
        return Json.bytes(json);
    }

    /** @param offset of its first token in the whole text */
    static Map<String, Object> choice(
            int index, String text, @Nullable String finishReason, List<TokenLogProb> tokens, int offset) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", text);
        json.put("index", index);
        json.put("logprobs", tokens.isEmpty() ? null : logProbs(tokens, offset));
        json.put("finish_reason", finishReason);
        return json;
    }

    private static Map<String, Object> logProbs(List<TokenLogProb> tokens, int offset) {
        List<Object> top = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        int at = offset;
        for (TokenLogProb token : tokens) {
            Map<String, Object> likeliest = new LinkedHashMap<>();
            token.top().forEach(other -> likeliest.put(other.token(), other.logProb()));
            top.add(likeliest);
            offsets.add(at);
            at += token.token().length();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tokens", tokens.stream().map(TokenLogProb::token).toList());
        json.put("token_logprobs", tokens.stream().map(TokenLogProb::logProb).toList());
        json.put("top_logprobs", top);
        json.put("text_offset", offsets);
        return json;
    }
}

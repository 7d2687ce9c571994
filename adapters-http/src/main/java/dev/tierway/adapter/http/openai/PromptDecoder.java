package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.InvalidRequestException;
import java.util.List;
import java.util.Set;

/** Reads a legacy completion's body into neutral types. */
final class PromptDecoder {
    /** What the API gives if nothing is said. */
    private static final long DEFAULT_MAX_TOKENS = 16;

    private static final Set<String> PLACED = Set.of(
            "model",
            "tierway",
            "prompt",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "top_k",
            "frequency_penalty",
            "presence_penalty",
            "seed",
            "stop",
            "max_tokens",
            "n",
            "user",
            "logprobs");

    private PromptDecoder() {}

    /** @throws InvalidRequestException naming the part that is wrong, or that no other dialect can express */
    static ChatRequest decode(byte[] body) {
        JsonMember root = OpenAiRequestDecoder.root(body);
        for (String member : List.of("suffix", "best_of")) {
            if (!root.get(member).absent()) {
                throw root.get(member).unsupported("can't be translated");
            }
        }
        if (Boolean.TRUE.equals(root.get("echo").optionalFlag())) {
            throw root.get("echo").unsupported("can't be translated");
        }
        Long choices = root.get("n").optionalWholeNumber();
        Long tokens = root.get("max_tokens").optionalWholeNumber();
        Long logProbs = root.get("logprobs").optionalWholeNumber();
        try {
            return ChatRequest.builder()
                    .user(prompt(root.get("prompt")))
                    .sampling(OpenAiRequestDecoder.sampling(root))
                    .maxOutputTokens(tokens == null ? Long.valueOf(DEFAULT_MAX_TOKENS) : tokens)
                    .choices(choices == null ? 1 : Math.toIntExact(choices))
                    .endUser(root.get("user").optionalText())
                    .topLogProbs(logProbs == null ? null : Math.toIntExact(logProbs))
                    .extra(ExtraMembers.of(root, PLACED, "openai-completions"))
                    .build();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw OpenAiRequestDecoder.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String prompt(JsonMember prompt) {
        if (prompt.isText()) {
            return prompt.text();
        }
        List<JsonMember> several = prompt.elements();
        if (several.isEmpty()) {
            throw prompt.invalid("must be a string, or an array of strings or of tokens");
        }
        if (several.size() > 1 || !several.getFirst().isText()) {
            throw prompt.unsupported("can be translated if it is one text, not several or tokens");
        }
        return several.getFirst().text();
    }
}

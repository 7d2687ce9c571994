package dev.tierway.fuzz;

import dev.tierway.adapter.providers.anthropic.AnthropicReplies;
import dev.tierway.adapter.providers.bedrock.BedrockReplies;
import dev.tierway.adapter.providers.cohere.CohereReplies;
import dev.tierway.adapter.providers.google.GeminiReplies;
import dev.tierway.adapter.providers.ollama.OllamaReplies;
import dev.tierway.adapter.providers.openai.OpenAiReplies;
import dev.tierway.adapter.providers.wire.ReplyReader;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Replies of every dialect, whole and streamed. The first byte says whose, the second how long packets are. */
public final class ReplyFuzz {
    private static final List<BiFunction<Boolean, ReplyReader.Findings, ReplyReader>> DIALECTS = List.of(
            OpenAiReplies::reader,
            OpenAiReplies::responses,
            AnthropicReplies::reader,
            GeminiReplies::reader,
            BedrockReplies::reader,
            CohereReplies::reader,
            OllamaReplies::reader);

    private ReplyFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length > 2) {
            var dialect = DIALECTS.get((data[0] & 0x7f) % DIALECTS.size());
            boolean stream = data[0] < 0;
            byte[] body = Arrays.copyOfRange(data, 2, data.length);
            Reading.check(findings -> dialect.apply(stream, findings), body, 1 + (data[1] & 0xff));
        }
    }
}

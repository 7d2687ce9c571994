package dev.tierway.bootstrap.cli.conformance;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.facade.ChatStream;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.money.TokenUsage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Plain answers, whole and streamed, and what they are said to have used. */
final class TextProbes {
    /** The least window the long input fits in, with its answer. */
    static final int LONG_WINDOW = 4096;

    private static final int LINES = 100;
    /** No tokenizer makes fewer of a long text. */
    private static final int CHARACTERS_PER_TOKEN_AT_MOST = 16;

    private TextProbes() {}

    static Outcome unary(Line line) {
        ChatResponse answer = line.call(greeting());
        FinishReason reason = answer.choices().getFirst().finishReason();
        requireText(answer.text(), reason, line);
        return Outcome.pass(length(answer.text()) + ", ended by " + word(reason));
    }

    static Outcome stream(Line line) {
        Streamed streamed = read(line);
        Unfulfilled.unless(streamed.reason() != null, "the stream ended without a finish reason");
        requireText(streamed.text(), streamed.reason(), line);
        return Outcome.pass(length(streamed.text()) + " in " + streamed.pieces()
                + (streamed.pieces() == 1 ? " piece" : " pieces") + ", ended by " + word(streamed.reason()));
    }

    static Outcome usage(Line line) {
        ChatResponse whole = line.call(greeting());
        String words = "unary " + usage(whole.usage(), whole.text());
        if (!line.subject().can(Capability.STREAMING)) {
            return Outcome.pass(words);
        }
        Streamed streamed = read(line);
        return Outcome.pass(words + "; streamed " + usage(streamed.usage(), streamed.text()));
    }

    static Outcome longInput(Line line) {
        StringBuilder text = new StringBuilder("Read this list of deliveries:\n");
        for (int i = 1; i <= LINES; i++) {
            text.append("Delivery ")
                    .append(i)
                    .append(" went to the warehouse at the harbour, gate ")
                    .append(i * 7 % 10)
                    .append(".\n");
        }
        text.append("To which gate did delivery 57 go? Answer with the number only.");
        ChatResponse answer = line.call(ChatRequest.builder().user(text.toString()));
        requireText(answer.text(), answer.choices().getFirst().finishReason(), line);
        TokenUsage usage = answer.usage();
        boolean told = usage.how() == TokenUsage.Counted.REPORTED;
        Unfulfilled.unless(
                !told || usage.input() >= text.length() / CHARACTERS_PER_TOKEN_AT_MOST,
                "only " + usage.input() + " input tokens are reported for " + text.length()
                        + " characters: the prompt was cut");
        return Outcome.pass(text.length() + " characters"
                + (told ? " reported as " + usage.input() + " tokens" : "; input tokens aren't reported"));
    }

    private static ChatRequest.Builder greeting() {
        return ChatRequest.builder().user("Say hello in five words.");
    }

    private static Streamed read(Line line) {
        int pieces = 0;
        FinishReason reason = null;
        try (ChatStream stream = line.stream(greeting())) {
            for (ChatEvent event : stream) {
                if (event instanceof ChatEvent.TextDelta(int choice, String text) && !text.isEmpty()) {
                    pieces++;
                }
                reason = event instanceof ChatEvent.Finished end ? end.reason() : reason;
            }
            return new Streamed(stream.text(), pieces, reason, stream.usage().orElse(null));
        }
    }

    /** A stream that has been read to its end. */
    private record Streamed(
            String text,
            int pieces,
            @Nullable FinishReason reason,
            @Nullable TokenUsage usage) {}

    private static void requireText(String text, @Nullable FinishReason reason, Line line) {
        Unfulfilled.unless(
                !text.isBlank(),
                reason == FinishReason.LENGTH
                        ? "no text: the " + line.subject().cap()
                                + " tokens it may write were used up before; if it reasons, say so in its capabilities"
                        : "no text");
    }

    private static String usage(@Nullable TokenUsage usage, String text) {
        if (usage == null) {
            throw new Unfulfilled("no usage at all");
        }
        boolean told = usage.how() == TokenUsage.Counted.REPORTED;
        Unfulfilled.unless(
                !told || (usage.input() > 0 && (usage.output() > 0 || text.isEmpty())),
                "a usage of " + usage.input() + " tokens in, " + usage.output() + " out is reported for an answer");
        return (told ? "reported" : "estimated") + " (" + usage.input() + " in, " + usage.output() + " out)";
    }

    private static String length(String text) {
        return text.length() + " characters";
    }

    private static String word(@Nullable FinishReason reason) {
        return String.valueOf(reason).toLowerCase(Locale.ROOT);
    }
}

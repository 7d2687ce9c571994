package dev.tierway.adapter.providers.wire;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What an attempt has used up so far: as reported, else as seen. */
public final class UsageTally {
    /** English text has about four bytes of UTF-8 a token; only used where the vendor doesn't say. */
    private static final int BYTES_PER_TOKEN = 4;

    private final long inputEstimate;
    private long textBytes;
    /** Came after the last report, which can't know of it. */
    private long unreportedBytes;

    private @Nullable TokenUsage reported;

    public UsageTally(long inputEstimate) {
        this.inputEstimate = Math.max(0, inputEstimate);
    }

    /**
     * The last sound report counts: some servers report running totals, or the same twice.
     *
     * @param bytes in UTF-8, of text, reasoning, refusals and tool arguments
     * @param report null if there is none, or one that can't be true
     */
    public void add(long bytes, @Nullable TokenUsage report) {
        textBytes += bytes;
        unreportedBytes += bytes;
        if (report != null) {
            reported = report;
            unreportedBytes = 0;
        }
    }

    void add(ChatEvent piece) {
        switch (piece) {
            case ChatEvent.TextDelta(int choice, String text) -> add(utf8(text), null);
            case ChatEvent.RefusalDelta(int choice, String text) -> add(utf8(text), null);
            case ChatEvent.ReasoningDelta(int choice, String text, var signature, var vendor) -> add(utf8(text), null);
            case ChatEvent.SealedReasoning(int choice, String data, String vendor) -> add(data.length() * 3L / 4, null);
            case ChatEvent.ToolCallDelta call -> add(utf8(call.name()) + utf8(call.arguments()), null);
            case ChatEvent.Usage(TokenUsage usage) -> add(0, usage);
            case ChatEvent.Begin begin -> {}
            case ChatEvent.Cited cited -> {}
            case ChatEvent.LogProbs logProbs -> {}
            case ChatEvent.Finished finished -> {}
        }
    }

    void add(DecodedReply reply) {
        long bytes = 0;
        for (ChatResponse.Choice choice : reply.choices()) {
            for (Part part : choice.message().parts()) {
                bytes += switch (part) {
                    case Part.Text(String text) -> utf8(text);
                    case Part.Refusal(String text) -> utf8(text);
                    case Part.Reasoning(String text, var signature, var vendor) -> utf8(text);
                    case Part.SealedReasoning(String data, String vendor) -> data.length() * 3L / 4;
                    default -> 0;
                };
            }
            for (ToolCall call : choice.message().toolCalls()) {
                bytes += utf8(call.name()) + utf8(call.arguments().json());
            }
        }
        add(bytes, reply.usage());
    }

    private static long utf8(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * For a reply that is over. A report that came before the rest of the answer still tells the input; one of no output
     * for an answer we had seen by then can't be true.
     */
    public TokenUsage total() {
        long seen = (textBytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
        if (reported != null && unreportedBytes > 0) {
            return atLeast(reported, seen);
        }
        boolean sound = reported != null && (reported.output() > 0 || textBytes == 0);
        return sound && reported != null ? reported : TokenUsage.estimated(inputEstimate, seen);
    }

    private static TokenUsage atLeast(TokenUsage early, long seen) {
        return new TokenUsage(
                early.input(),
                early.cachedInput(),
                early.cacheWrite(),
                early.cacheWriteHour(),
                early.audioInput(),
                early.imageInput(),
                Math.max(early.output(), seen),
                early.reasoning(),
                early.audioOutput(),
                early.imageOutput(),
                Counted.ESTIMATED);
    }

    /** That failure, with what has been used up by then, if anything is known. */
    public Failure in(Failure failure) {
        TokenUsage used = failure.usage() == null ? soFar() : null;
        return used == null
                ? failure
                : new Failure(
                        failure.failureClass(),
                        failure.scope(),
                        failure.processed(),
                        failure.upstreamStatus(),
                        failure.retryAfterMillis(),
                        used,
                        failure.message());
    }

    /** For a reply that broke off: null if nothing of it has been seen. */
    public @Nullable TokenUsage soFar() {
        return reported == null && textBytes == 0 ? null : total();
    }
}

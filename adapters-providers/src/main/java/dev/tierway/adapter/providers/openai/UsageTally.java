package dev.tierway.adapter.providers.openai;

import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import org.jspecify.annotations.Nullable;

/** What an attempt has used up so far: as reported, else as seen. */
final class UsageTally {
    /** English text has about four bytes of UTF-8 a token; only used where the vendor doesn't say. */
    private static final int BYTES_PER_TOKEN = 4;

    private final long inputEstimate;
    private long textBytes;
    /** Came after the last report, which can't know of it. */
    private long unreportedBytes;

    private @Nullable TokenUsage reported;

    UsageTally(long inputEstimate) {
        this.inputEstimate = Math.max(0, inputEstimate);
    }

    /** The last sound report counts: some servers report running totals, or the same twice. */
    void add(ChunkFacts facts) {
        textBytes += facts.textBytes();
        unreportedBytes += facts.textBytes();
        if (facts.usage() != null) {
            reported = facts.usage();
            unreportedBytes = 0;
        }
    }

    /**
     * For a reply that is over. A report that came before the rest of the answer still tells the input; one of no output
     * for an answer we had seen by then can't be true.
     */
    TokenUsage total() {
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
                early.audioInput(),
                early.imageInput(),
                Math.max(early.output(), seen),
                early.reasoning(),
                early.audioOutput(),
                early.imageOutput(),
                Counted.ESTIMATED);
    }

    /** For a reply that broke off: null if nothing of it has been seen. */
    @Nullable
    TokenUsage soFar() {
        return reported == null && textBytes == 0 ? null : total();
    }
}

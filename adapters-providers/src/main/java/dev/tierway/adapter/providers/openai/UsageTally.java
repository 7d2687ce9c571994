package dev.tierway.adapter.providers.openai;

import dev.tierway.domain.money.TokenUsage;
import org.jspecify.annotations.Nullable;

/** What an attempt has used up so far: as reported, else as seen. */
final class UsageTally {
    /** English text has about four characters a token; only used where the vendor doesn't say. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final long inputEstimate;
    private long characters;
    private @Nullable TokenUsage reported;

    UsageTally(long inputEstimate) {
        this.inputEstimate = Math.max(0, inputEstimate);
    }

    /** The last sound report counts: some servers report running totals. */
    void add(ChunkFacts facts) {
        characters += facts.characters();
        if (facts.usage() != null) {
            reported = facts.usage();
        }
    }

    /** For a reply that is over. A report of no output for an answer we have seen can't be true. */
    TokenUsage total() {
        boolean sound = reported != null && (reported.output() > 0 || characters == 0);
        return sound && reported != null
                ? reported
                : TokenUsage.estimated(inputEstimate, (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN);
    }

    /** For a reply that broke off: null if nothing of it has been seen. */
    @Nullable
    TokenUsage soFar() {
        return reported == null && characters == 0 ? null : total();
    }
}

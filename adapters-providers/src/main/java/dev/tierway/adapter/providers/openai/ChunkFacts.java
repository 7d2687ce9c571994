package dev.tierway.adapter.providers.openai;

import dev.tierway.domain.money.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * What routing needs to know of a stream's chunk or of a whole completion.
 *
 * @param choices how many choices hold a delta or a message
 * @param semantic whether it gives the caller something
 * @param finished whether it ends an answer
 * @param textBytes in UTF-8, of text, reasoning, refusals and tool arguments
 * @param saysUsage whether it has a usage object, sound or not
 * @param usage null if it reports none, or one that can't be true
 * @param error whether it is an error instead
 */
record ChunkFacts(
        int choices,
        boolean semantic,
        boolean finished,
        long textBytes,
        boolean saysUsage,
        @Nullable TokenUsage usage,
        boolean error) {}

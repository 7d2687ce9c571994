package dev.tierway.adapter.providers.cohere;

import dev.tierway.adapter.providers.http.Redactor;
import dev.tierway.adapter.providers.http.SseSplitter;
import dev.tierway.adapter.providers.wire.DecodedStreamReader;
import dev.tierway.adapter.providers.wire.DecodedUnaryReader;
import dev.tierway.adapter.providers.wire.ErrorClassifier;
import dev.tierway.adapter.providers.wire.ReplyReader;
import dev.tierway.adapter.providers.wire.ReplyShape;
import dev.tierway.adapter.providers.wire.UsageTally;
import java.util.List;

/** Readers of one reply, for whoever throws bytes at them. */
public final class CohereReplies {
    private static final int MOST_BYTES = 1 << 16;

    private CohereReplies() {}

    public static ReplyReader reader(boolean stream, ReplyReader.Findings findings) {
        UsageTally tally = new UsageTally(10);
        ErrorClassifier errors = new ErrorClassifier(new Redactor(List.of()));
        CohereReplyDecoder decoder = new CohereReplyDecoder("m", 0);
        return stream
                ? new DecodedStreamReader(
                        ReplyShape.NEUTRAL, SseSplitter::new, MOST_BYTES, decoder, tally, errors, findings)
                : new DecodedUnaryReader(ReplyShape.NEUTRAL, MOST_BYTES, decoder, tally, errors, findings);
    }
}

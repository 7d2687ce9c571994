package dev.tierway.adapter.providers.openai;

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
public final class OpenAiReplies {
    private static final int MOST_BYTES = 1 << 16;

    private OpenAiReplies() {}

    public static ReplyReader reader(boolean stream, ReplyReader.Findings findings) {
        UsageTally tally = new UsageTally(10);
        ErrorClassifier errors = new ErrorClassifier(new Redactor(List.of()));
        return stream
                ? new StreamReader(ReplyShape.NEUTRAL, MOST_BYTES, tally, errors, findings)
                : new UnaryReader(ReplyShape.NEUTRAL, MOST_BYTES, tally, errors, findings);
    }

    /** Of the responses API. */
    public static ReplyReader responses(boolean stream, ReplyReader.Findings findings) {
        UsageTally tally = new UsageTally(10);
        ErrorClassifier errors = new ErrorClassifier(new Redactor(List.of()));
        ResponsesDecoder decoder = new ResponsesDecoder();
        return stream
                ? new DecodedStreamReader(
                        ReplyShape.WIRE, SseSplitter::new, MOST_BYTES, decoder, tally, errors, findings)
                : new DecodedUnaryReader(ReplyShape.WIRE, MOST_BYTES, decoder, tally, errors, findings);
    }
}

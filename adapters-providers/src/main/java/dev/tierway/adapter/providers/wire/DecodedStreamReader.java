package dev.tierway.adapter.providers.wire;

import dev.tierway.adapter.providers.http.StreamEvent;
import dev.tierway.adapter.providers.http.StreamSplitter;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a stream by decoding each event; hands on the pieces, or the event's own bytes to who speaks the dialect. */
public final class DecodedStreamReader implements ReplyReader {
    private final ReplyShape shape;
    private final ReplyDecoder decoder;
    private final UsageTally tally;
    private final ErrorClassifier errors;
    private final Findings findings;
    private final StreamSplitter splitter;
    /** Told at the end, by what the tally believes of it: a report of nothing for an answer we saw is none. */
    private boolean usageTold;

    private boolean begun;
    private boolean finished;
    private boolean over;

    public DecodedStreamReader(
            ReplyShape shape,
            StreamSplitter.Framing framing,
            int maxEventBytes,
            ReplyDecoder decoder,
            UsageTally tally,
            ErrorClassifier errors,
            Findings findings) {
        this.shape = shape;
        this.decoder = decoder;
        this.tally = tally;
        this.errors = errors;
        this.findings = findings;
        this.splitter = framing.splitter(maxEventBytes, this::event);
    }

    @Override
    public void bytes(byte[] bytes) {
        if (!over && !splitter.feed(bytes) && !over) {
            fail("the provider's stream can't be read on: an event is too long or broken");
        }
    }

    @Override
    public void ended() {
        if (!over) {
            splitter.finish();
        }
        if (!over && finished && decoder.finishIsEnd()) {
            end();
        } else if (!over) {
            fail("the provider's stream stopped before its end");
        }
    }

    @Override
    public Failure cut(Failure why) {
        return begun ? broken(why.message()) : tally.in(why);
    }

    @Override
    public @Nullable TokenUsage used() {
        return tally.soFar();
    }

    private boolean event(StreamEvent event) {
        try {
            switch (decoder.event(event)) {
                case DecodedEvent.Failed(VendorError error) -> failed(error);
                case DecodedEvent.Pieces(var pieces, boolean last) -> {
                    boolean semantic = false;
                    for (ChatEvent piece : pieces) {
                        tally.add(piece);
                        semantic |= piece.semantic();
                        finished |= piece instanceof ChatEvent.Finished;
                    }
                    begun |= semantic;
                    hand(event, pieces, semantic);
                    if (last && !over) {
                        end();
                    }
                }
            }
        } catch (IOException garbage) {
            fail("the provider's stream holds something that is not of its dialect");
        }
        return !over;
    }

    private void hand(StreamEvent event, Iterable<ChatEvent> pieces, boolean semantic) {
        switch (shape) {
            case WIRE ->
                findings.event(new ReplyEvent.Frame(
                        event.raw(), semantic ? ReplyEvent.Frame.Kind.SEMANTIC : ReplyEvent.Frame.Kind.PREAMBLE));
            case NEUTRAL -> {
                for (ChatEvent piece : pieces) {
                    if (piece instanceof ChatEvent.Usage) {
                        usageTold = true;
                    } else {
                        findings.event(new ReplyEvent.Piece(piece));
                    }
                }
            }
        }
    }

    private void end() {
        if (begun) {
            over = true;
            TokenUsage total = tally.total();
            if (usageTold) {
                findings.event(new ReplyEvent.Piece(new ChatEvent.Usage(total)));
            }
            findings.end(total);
        } else {
            fail("the provider's stream ended without an answer");
        }
    }

    private void failed(VendorError error) {
        over = true;
        findings.failed(
                begun
                        ? broken(errors.words(error, "the provider sent an error in the middle of its stream"))
                        : tally.in(errors.insteadOfAnswer(error, "the provider sent an error instead of an answer")));
    }

    private void fail(String message) {
        over = true;
        findings.failed(
                begun
                        ? broken(message)
                        : tally.in(Failure.of(FailureClass.UPSTREAM_FAULT, Processed.UNKNOWN, message)));
    }

    private Failure broken(String message) {
        return new Failure(
                FailureClass.STREAM_BROKEN, Failure.Scope.REPLICA, Processed.YES, null, null, tally.total(), message);
    }
}

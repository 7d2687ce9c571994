package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.http.SseSplitter;
import dev.tierway.adapter.providers.http.StreamEvent;
import dev.tierway.adapter.providers.wire.ErrorClassifier;
import dev.tierway.adapter.providers.wire.ReplyReader;
import dev.tierway.adapter.providers.wire.ReplyShape;
import dev.tierway.adapter.providers.wire.UsageTally;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a stream: hands on each chunk, tagged, and knows whether the stream ended or only stopped. */
final class StreamReader implements ReplyReader {
    private final ReplyShape shape;
    private final UsageTally tally;
    private final ErrorClassifier errors;
    private final Findings findings;
    private final SseSplitter splitter;
    private final ChunkDecoder decoder = new ChunkDecoder();
    /** Told at the end, by what the tally believes of it: a report of nothing for an answer we saw is none. */
    private boolean usageTold;

    private boolean begun;
    private boolean finished;
    private boolean over;

    StreamReader(ReplyShape shape, int maxEventBytes, UsageTally tally, ErrorClassifier errors, Findings findings) {
        this.shape = shape;
        this.tally = tally;
        this.errors = errors;
        this.findings = findings;
        this.splitter = new SseSplitter(maxEventBytes, this::event);
    }

    @Override
    public void bytes(byte[] bytes) {
        if (!over && !splitter.feed(bytes) && !over) {
            fail("one event of the provider's stream is too long");
        }
    }

    @Override
    public void ended() {
        if (!over) {
            splitter.finish();
        }
        if (!over && finished) {
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
        if (event.isDone()) {
            end();
        } else if (event.length() > 0) {
            try {
                chunk(event);
            } catch (IOException garbage) {
                fail("the provider's stream holds something that is not a chat completion chunk");
            }
        }
        return !over;
    }

    private void chunk(StreamEvent event) throws IOException {
        if ("error".equals(event.name())) {
            error(event);
            return;
        }
        ChunkFacts facts = CompletionScanner.scan(event.data(), event.offset(), event.length());
        if (facts.error()) {
            error(event);
            return;
        }
        tally.add(facts.textBytes(), facts.usage());
        begun |= facts.semantic();
        finished |= facts.finished();
        switch (shape) {
            case WIRE -> findings.event(new ReplyEvent.Frame(event.raw(), kind(facts)));
            case NEUTRAL -> {
                for (ChatEvent piece : decoder.decode(event.data(), event.offset(), event.length(), facts.usage())) {
                    if (piece instanceof ChatEvent.Usage) {
                        usageTold = true;
                    } else {
                        findings.event(new ReplyEvent.Piece(piece));
                    }
                }
            }
        }
    }

    private static ReplyEvent.Frame.Kind kind(ChunkFacts facts) {
        if (facts.semantic()) {
            return ReplyEvent.Frame.Kind.SEMANTIC;
        }
        return facts.saysUsage() ? ReplyEvent.Frame.Kind.USAGE : ReplyEvent.Frame.Kind.PREAMBLE;
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

    private void error(StreamEvent event) {
        over = true;
        VendorError error = VendorError.parse(event.data(), event.offset(), event.length());
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

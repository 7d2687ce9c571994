package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.wire.ErrorClassifier;
import dev.tierway.adapter.providers.wire.ReplyReader;
import dev.tierway.adapter.providers.wire.ReplyShape;
import dev.tierway.adapter.providers.wire.UsageTally;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Holds a whole completion until it has proved to be one, then hands it on in one piece. */
final class UnaryReader implements ReplyReader {
    private final ReplyShape shape;
    private final int maxBytes;
    private final UsageTally tally;
    private final ErrorClassifier errors;
    private final Findings findings;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(4096);

    UnaryReader(ReplyShape shape, int maxBytes, UsageTally tally, ErrorClassifier errors, Findings findings) {
        this.shape = shape;
        this.maxBytes = maxBytes;
        this.tally = tally;
        this.errors = errors;
        this.findings = findings;
    }

    @Override
    public void bytes(byte[] bytes) {
        if (bytes.length > maxBytes - body.size()) {
            findings.failed(fault("the provider's reply is longer than " + maxBytes + " bytes"));
        } else {
            body.writeBytes(bytes);
        }
    }

    @Override
    public void ended() {
        byte[] bytes = body.toByteArray();
        try {
            ChunkFacts facts = CompletionScanner.scan(bytes, 0, bytes.length);
            if (facts.error()) {
                findings.failed(errors.insteadOfAnswer(bytes, "the provider sent an error instead of an answer"));
            } else if (facts.choices() == 0) {
                findings.failed(fault("the provider's reply is no completion: it has no choices"));
            } else {
                tally.add(facts.textBytes(), facts.usage());
                TokenUsage usage = tally.total();
                findings.event(
                        switch (shape) {
                            case WIRE -> new ReplyEvent.Frame(bytes, ReplyEvent.Frame.Kind.SEMANTIC);
                            case NEUTRAL -> new ReplyEvent.Whole(ChatResponseDecoder.decode(bytes, usage));
                        });
                findings.end(usage);
            }
        } catch (IOException garbage) {
            findings.failed(fault("the provider's reply is not a chat completion in JSON"));
        }
    }

    @Override
    public Failure cut(Failure why) {
        return why;
    }

    @Override
    public @Nullable TokenUsage used() {
        return null;
    }

    private static Failure fault(String message) {
        return Failure.of(FailureClass.UPSTREAM_FAULT, Processed.UNKNOWN, message);
    }
}

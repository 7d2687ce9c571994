package dev.tierway.adapter.providers.wire;

import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Holds a whole answer until it has proved to be one, then hands it on in one piece. */
public final class DecodedUnaryReader implements ReplyReader {
    private final ReplyShape shape;
    private final int maxBytes;
    private final ReplyDecoder decoder;
    private final UsageTally tally;
    private final ErrorClassifier errors;
    private final Findings findings;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(4096);

    public DecodedUnaryReader(
            ReplyShape shape,
            int maxBytes,
            ReplyDecoder decoder,
            UsageTally tally,
            ErrorClassifier errors,
            Findings findings) {
        this.shape = shape;
        this.maxBytes = maxBytes;
        this.decoder = decoder;
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
            DecodedReply reply = decoder.whole(bytes);
            if (reply.choices().isEmpty()) {
                findings.failed(fault("the provider's reply holds no answer"));
                return;
            }
            tally.add(reply);
            TokenUsage usage = tally.total();
            findings.event(
                    switch (shape) {
                        case WIRE -> new ReplyEvent.Frame(bytes, ReplyEvent.Frame.Kind.SEMANTIC);
                        case NEUTRAL ->
                            new ReplyEvent.Whole(new ChatResponse(
                                    reply.id(), reply.model(), reply.createdEpochSeconds(), reply.choices(), usage));
                    });
            findings.end(usage);
        } catch (VendorErrorException refused) {
            findings.failed(errors.insteadOfAnswer(refused.error(), "the provider sent an error instead of an answer"));
        } catch (IOException garbage) {
            findings.failed(fault("the provider's reply is not of its dialect"));
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

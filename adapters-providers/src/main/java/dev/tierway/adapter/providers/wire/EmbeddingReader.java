package dev.tierway.adapter.providers.wire;

import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Holds a whole body of embeddings until it has proved to be one, then hands it on in one piece. */
public final class EmbeddingReader implements ReplyReader {
    private final ReplyShape shape;
    private final int texts;
    private final int maxBytes;
    private final EmbeddingDecoder decoder;
    private final UsageTally tally;
    private final ErrorClassifier errors;
    private final Findings findings;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(4096);

    /** @param texts how many embeddings were asked for; 0 if that isn't known */
    public EmbeddingReader(
            ReplyShape shape,
            int texts,
            int maxBytes,
            EmbeddingDecoder decoder,
            UsageTally tally,
            ErrorClassifier errors,
            Findings findings) {
        this.shape = shape;
        this.texts = texts;
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
            DecodedEmbeddings reply = decoder.whole(bytes);
            if (reply.count() == 0 || reply.dimensions() == 0) {
                findings.failed(fault("the provider's reply holds no embeddings"));
            } else if (texts > 0 && reply.count() != texts) {
                findings.failed(
                        fault("the provider's reply holds " + reply.count() + " embeddings of " + texts + " texts"));
            } else {
                deliver(reply, bytes);
            }
        } catch (VendorErrorException refused) {
            findings.failed(
                    errors.insteadOfAnswer(refused.error(), "the provider sent an error instead of embeddings"));
        } catch (IOException garbage) {
            findings.failed(fault("the provider's reply holds no embeddings of its dialect"));
        }
    }

    private void deliver(DecodedEmbeddings reply, byte[] bytes) {
        tally.add(0, reply.usage());
        TokenUsage usage = tally.total();
        findings.embedded(reply.dimensions());
        findings.event(
                switch (shape) {
                    case WIRE -> new ReplyEvent.Frame(bytes, ReplyEvent.Frame.Kind.SEMANTIC);
                    case NEUTRAL ->
                        new ReplyEvent.Whole(new EmbeddingResponse(reply.model(), reply.embeddings(), usage));
                });
        findings.end(usage);
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

package dev.tierway.adapter.providers.wire;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a refusal's body as far as it is needed to say why; a body that breaks off doesn't change the answer. */
final class RefusalReader implements ReplyReader {
    private final int maxBytes;
    private final Function<byte[], Failure> classify;
    private final Findings findings;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    RefusalReader(int maxBytes, Function<byte[], Failure> classify, Findings findings) {
        this.maxBytes = maxBytes;
        this.classify = classify;
        this.findings = findings;
    }

    @Override
    public void bytes(byte[] bytes) {
        body.write(bytes, 0, Math.min(bytes.length, maxBytes - body.size()));
        if (body.size() >= maxBytes) {
            ended();
        }
    }

    @Override
    public void ended() {
        findings.failed(classify.apply(body.toByteArray()));
    }

    @Override
    public Failure cut(Failure why) {
        return classify.apply(body.toByteArray());
    }

    @Override
    public @Nullable TokenUsage used() {
        return null;
    }
}

package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.Part;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThoughtSignaturesTest {
    @Test
    void a_sealed_signature_tells_its_place_whatever_the_id() {
        String sealed = ThoughtSignatures.sealCall("a:b:c", "si:g");
        assertThat(ThoughtSignatures.ofCall(part(sealed), "a:b:c")).isEqualTo("si:g");
        assertThat(ThoughtSignatures.ofCall(part(sealed), "c:d")).isNull();
        assertThat(ThoughtSignatures.ofText(part(sealed))).isNull();
        assertThat(ThoughtSignatures.ofText(part(ThoughtSignatures.sealText("x"))))
                .isEqualTo("x");
        assertThat(ThoughtSignatures.ofCall(part(ThoughtSignatures.sealText("x")), "x"))
                .isNull();
    }

    @Test
    void another_vendors_seal_is_not_opened() {
        Part foreign = new Part.SealedReasoning(ThoughtSignatures.sealCall("a", "s"), "anthropic");
        assertThat(ThoughtSignatures.ofCall(foreign, "a")).isNull();
        assertThat(ThoughtSignatures.ofText(new Part.SealedReasoning("text:s", "openai")))
                .isNull();
    }

    @Test
    void what_nobody_asks_for_is_forgotten() {
        AtomicLong nanos = new AtomicLong();
        ThoughtSignatures signatures = new ThoughtSignatures(nanos::get);
        signatures.remember("a", "s");
        assertThat(signatures.of("a")).isEqualTo("s");
        nanos.addAndGet(Duration.ofHours(3).toNanos());
        assertThat(signatures.of("a")).isNull();
    }

    private static Part part(String sealed) {
        return new Part.SealedReasoning(sealed, ThoughtSignatures.VENDOR);
    }
}

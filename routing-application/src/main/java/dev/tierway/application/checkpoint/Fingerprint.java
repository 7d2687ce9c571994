package dev.tierway.application.checkpoint;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.json.Json;
import dev.tierway.domain.catalogue.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hashes of what things mean, not of how they are written. */
public final class Fingerprint {
    private final Function<byte[], String> digest;

    /** @param digest a cryptographic hash as text: two different things must not look the same */
    public Fingerprint(Function<byte[], String> digest) {
        this.digest = digest;
    }

    /** Of what is asked of whom. Whether the answer is streamed doesn't matter. */
    String of(Target target, ChatRequest request) {
        return ofValue(List.of(target.address(), request));
    }

    /**
     * Of JSON text.
     *
     * @throws IllegalArgumentException if it isn't JSON
     */
    public String ofJson(String json) {
        return ofValue(Json.read(json));
    }

    String ofValue(@Nullable Object value) {
        return digest.apply(Json.canonical(value).getBytes(StandardCharsets.UTF_8));
    }
}

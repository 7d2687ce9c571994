package dev.tierway.application.keys;

import dev.tierway.application.port.out.SecretHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Digests that a test can tell apart, and that show no secret. */
record FakeHash(String pepper, @Nullable String previous) implements SecretHash {
    @Override
    public Digest of(String secret) {
        return digest(pepper, secret);
    }

    @Override
    public @Nullable Digest before(String secret) {
        return previous == null ? null : digest(previous, secret);
    }

    private static Digest digest(String pepper, String secret) {
        return new Digest(pepper + ":" + Integer.toHexString(secret.hashCode()) + ":" + secret.length(), pepper);
    }

    @Override
    public List<String> peppers() {
        return previous == null ? List.of(pepper) : List.of(pepper, previous);
    }
}

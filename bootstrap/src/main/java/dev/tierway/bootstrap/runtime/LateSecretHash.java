package dev.tierway.bootstrap.runtime;

import dev.tierway.application.port.out.SecretHash;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A hash whose pepper is looked for when it is first needed: a gateway without keys needs none. */
public final class LateSecretHash implements SecretHash {
    private final Supplier<SecretHash> open;
    private volatile @Nullable SecretHash opened;

    public LateSecretHash(Supplier<SecretHash> open) {
        this.open = open;
    }

    private SecretHash hash() {
        SecretHash known = opened;
        return known == null ? opened() : known;
    }

    private synchronized SecretHash opened() {
        SecretHash known = opened;
        if (known == null) {
            known = open.get();
            opened = known;
        }
        return known;
    }

    @Override
    public Digest of(String secret) {
        return hash().of(secret);
    }

    @Override
    public @Nullable Digest before(String secret) {
        return hash().before(secret);
    }

    @Override
    public List<String> peppers() {
        return hash().peppers();
    }
}

package dev.tierway.adapter.persistence.key;

import dev.tierway.application.port.out.SecretHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Secrets as HMAC-SHA-256 (RFC 2104) under a pepper: who reads the store can't try secrets without it. Made of copies of a
 * prepared state, so that threads share nothing and the pepper isn't hashed again each time.
 */
public final class HmacSecretHash implements SecretHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_PEPPER = 32;
    private static final int ID_LENGTH = 8;

    private final Pepper now;
    private final @Nullable Pepper before;

    private record Pepper(String id, Mac state) {
        static Pepper of(String secret) {
            try {
                Mac state = Mac.getInstance(ALGORITHM);
                state.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
                byte[] id =
                        ((Mac) state.clone()).doFinal("tierway: the id of a pepper".getBytes(StandardCharsets.UTF_8));
                return new Pepper(HexFormat.of().formatHex(id, 0, ID_LENGTH), state);
            } catch (GeneralSecurityException | CloneNotSupportedException e) {
                throw new IllegalStateException("every Java has " + ALGORITHM, e);
            }
        }

        Digest digest(String secret) {
            try {
                byte[] digest = ((Mac) state.clone()).doFinal(secret.getBytes(StandardCharsets.UTF_8));
                return new Digest(HexFormat.of().formatHex(digest), id);
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(ALGORITHM + " could be copied before", e);
            }
        }
    }

    /**
     * @param pepper in force
     * @param previous in force before; null: none
     * @throws IllegalArgumentException if one is too short to be secret
     */
    public HmacSecretHash(String pepper, @Nullable String previous) {
        require(pepper);
        this.now = Pepper.of(pepper);
        if (previous == null) {
            this.before = null;
        } else {
            require(previous);
            this.before = Pepper.of(previous);
        }
    }

    private static void require(String pepper) {
        if (pepper.length() < SHORTEST_PEPPER) {
            throw new IllegalArgumentException("a pepper must have at least " + SHORTEST_PEPPER + " characters");
        }
    }

    @Override
    public Digest of(String secret) {
        return now.digest(secret);
    }

    @Override
    public @Nullable Digest before(String secret) {
        return before == null ? null : before.digest(secret);
    }

    @Override
    public List<String> peppers() {
        return before == null ? List.of(now.id()) : List.of(now.id(), before.id());
    }

    @Override
    public String toString() {
        return "HmacSecretHash[hidden]";
    }
}

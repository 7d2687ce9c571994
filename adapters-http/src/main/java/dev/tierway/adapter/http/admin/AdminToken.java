package dev.tierway.adapter.http.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The secret that opens the admin port. Kept as a digest, compared in constant time, never shown. */
public final class AdminToken {
    private static final String SCHEME = "Bearer ";
    private static final int SHORTEST = 16;

    private final byte[] digest;

    /** @throws IllegalArgumentException if it is too short to be secret */
    public AdminToken(String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("auth.admin-token must have at least " + SHORTEST + " characters");
        }
        this.digest = digest(secret);
    }

    /** Whether an {@code authorization} header carries it. */
    boolean opens(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        digest, digest(authorization.substring(SCHEME.length()).strip()));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "AdminToken[hidden]";
    }
}

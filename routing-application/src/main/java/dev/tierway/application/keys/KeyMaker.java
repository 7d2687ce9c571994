package dev.tierway.application.keys;

import dev.tierway.application.port.out.KeySecret;
import dev.tierway.application.port.out.SecretHash;
import dev.tierway.application.port.out.SecretSource;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Draws secrets: {@code sk-tw-} and 256 bits, so that people and scanners of source code know what they look at. */
final class KeyMaker {
    private static final String PREFIX = "sk-tw-";
    private static final int BYTES = 32;
    private static final int SHOWN = 4;

    private final SecretSource source;
    private final SecretHash hash;

    KeyMaker(SecretSource source, SecretHash hash) {
        this.source = source;
        this.hash = hash;
    }

    /**
     * A secret and what is kept of it.
     *
     * @param drawn null if it was brought along
     */
    record Made(@Nullable String drawn, KeySecret kept) {}

    /** @param brought along; null: one is drawn */
    Made make(@Nullable String brought) {
        String secret = brought == null
                ? PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(source.draw(BYTES))
                : brought;
        SecretHash.Digest digest = hash.of(secret);
        // Of secrets that others drew, even the end may be worth something.
        String hint = brought == null ? "…" + secret.substring(secret.length() - SHOWN) : null;
        return new Made(brought == null ? secret : null, new KeySecret(digest.text(), digest.pepper(), hint, null));
    }
}

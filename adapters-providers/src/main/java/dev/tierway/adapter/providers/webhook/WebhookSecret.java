package dev.tierway.adapter.providers.webhook;

import dev.tierway.adapter.providers.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What signs events: {@code whsec_} and 24 to 64 bytes in Base64, as Standard Webhooks have it. Never shown. */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int FEWEST = 24;
    private static final int MOST = 64;

    private final SecretKeySpec key;

    private WebhookSecret(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** @throws IllegalArgumentException if it is none; the message never repeats it */
    public static WebhookSecret of(Secret text) {
        String value = text.reveal();
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(value.startsWith(PREFIX) ? value.substring(PREFIX.length()) : "!");
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("must be whsec_ and Base64: `openssl rand -base64 32` makes the latter");
        }
        if (bytes.length < FEWEST || bytes.length > MOST) {
            throw new IllegalArgumentException("must hold " + FEWEST + " to " + MOST + " bytes, not " + bytes.length
                    + ": `openssl rand -base64 32`");
        }
        return new WebhookSecret(bytes);
    }

    /** The header {@code webhook-signature} of a message. */
    String signature(String id, long epochSeconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + epochSeconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has HMAC-SHA256", impossible);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebhookSecret secret && key.equals(secret.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}

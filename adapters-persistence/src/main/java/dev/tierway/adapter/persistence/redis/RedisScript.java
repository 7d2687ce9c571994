package dev.tierway.adapter.persistence.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The steps of the protocol, each a script that the server runs as one. */
enum RedisScript {
    RESERVE,
    END,
    FINISH,
    OBSERVE,
    LEFT,
    HEARTBEAT,
    DELIVERED,
    RAISE;

    private final String text = file("usage") + file("holds") + file(name().toLowerCase(Locale.ROOT));
    private final String digest = sha1(text);

    String text() {
        return text;
    }

    /** By which the server knows a script it has seen. */
    String digest() {
        return digest;
    }

    private static String file(String name) {
        try (InputStream in = RedisScript.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("script " + name + ".lua is missing in this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("script " + name + ".lua can't be read", unreadable);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }
}

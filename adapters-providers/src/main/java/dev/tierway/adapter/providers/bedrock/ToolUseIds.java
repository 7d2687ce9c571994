package dev.tierway.adapter.providers.bedrock;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Bedrock takes letters, digits, {@code _} and {@code -}, 64 at most; ids that other vendors made may hold more. */
final class ToolUseIds {
    private static final Pattern TAKEN = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final int DIGITS = 40;

    private ToolUseIds() {}

    /** The same for the same id, so that a result finds its call. */
    static String of(String id) {
        if (TAKEN.matcher(id).matches()) {
            return id;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return "call_" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package dev.tierway.adapter.http.responses;

import dev.tierway.application.chat.Part;
import org.jspecify.annotations.Nullable;

/**
 * The member {@code encrypted_content} of a reasoning item, which clients send back as they got it. Of other vendors than
 * OpenAI it holds whose it is, so that it reaches that vendor only.
 */
final class EncryptedContent {
    private static final String SIGNED = "tierway/signed/";
    private static final String SEALED = "tierway/sealed/";
    private static final String OPENAI = "openai";

    private EncryptedContent() {}

    static String ofSignature(String signature, @Nullable String vendor) {
        return SIGNED + vendor + "/" + signature;
    }

    static String ofSealed(String data, String vendor) {
        return vendor.equals(OPENAI) ? data : SEALED + vendor + "/" + data;
    }

    /** @param text the summary */
    static Part part(String text, @Nullable String encrypted) {
        if (encrypted == null) {
            return new Part.Reasoning(text, null, null);
        }
        if (encrypted.startsWith(SIGNED)) {
            int slash = encrypted.indexOf('/', SIGNED.length());
            return slash < 0
                    ? new Part.Reasoning(text, null, null)
                    : new Part.Reasoning(
                            text, encrypted.substring(slash + 1), encrypted.substring(SIGNED.length(), slash));
        }
        int slash = encrypted.startsWith(SEALED) ? encrypted.indexOf('/', SEALED.length()) : -1;
        return slash < 0
                ? new Part.SealedReasoning(encrypted, OPENAI)
                : new Part.SealedReasoning(encrypted.substring(slash + 1), encrypted.substring(SEALED.length(), slash));
    }
}

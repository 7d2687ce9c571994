package dev.tierway.adapter.http.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reasoning with its vendor's signature, in the member {@code reasoning_details} that some OpenAI-compatible services
 * have for it: a list of {@code reasoning.text} and {@code reasoning.encrypted}. The {@code format} says whose it is, so
 * that what a client sends back reaches that vendor only.
 */
final class SignedReasoning {
    static final String MEMBER = "reasoning_details";
    static final String TEXT = "reasoning.text";
    static final String ENCRYPTED = "reasoning.encrypted";

    private static final String OURS = "tierway/";

    private SignedReasoning() {}

    static Map<String, Object> text(int index, String text, String signature, @Nullable String vendor) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", TEXT);
        json.put("text", text);
        json.put("signature", signature);
        json.put("format", OURS + vendor);
        json.put("index", index);
        return json;
    }

    static Map<String, Object> encrypted(int index, String data, String vendor) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", ENCRYPTED);
        json.put("data", data);
        json.put("format", OURS + vendor);
        json.put("index", index);
        return json;
    }

    /** Whose it is; null for a format that isn't ours. */
    static @Nullable String vendor(@Nullable String format) {
        return format != null && format.startsWith(OURS) && format.length() > OURS.length()
                ? format.substring(OURS.length())
                : null;
    }
}

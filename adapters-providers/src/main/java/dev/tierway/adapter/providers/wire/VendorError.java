package dev.tierway.adapter.providers.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.limits.ResetTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's error in whatever shape it came: OpenAI's object, a string, the flat objects of Mistral and FastAPI, or no
 * JSON at all.
 *
 * @param codes every code and type it names, in lower case
 * @param message in the vendor's words, not yet redacted; empty if there are none
 * @param status the HTTP status it claims where the real one was 200; null if none
 * @param retryAfterMillis when it asks to be tried again, as Google does ({@code google.rpc.RetryInfo}); null if it doesn't
 * @param headers that it holds, as OpenRouter's does ({@code metadata.headers}): what the real headers don't say
 */
public record VendorError(
        List<String> codes,
        String message,
        @Nullable Integer status,
        @Nullable Long retryAfterMillis,
        Map<String, String> headers) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_HEADERS = 32;
    private static final List<String> CODE_FIELDS = List.of("code", "type", "status");

    public VendorError {
        codes = List.copyOf(codes);
        headers = Map.copyOf(headers);
    }

    public static VendorError parse(byte[] body, int offset, int length) {
        try {
            JsonNode root = JSON.readTree(body, offset, length);
            // Google's OpenAI-compatible endpoint wraps its error into a list.
            JsonNode only = root != null && root.isArray() && root.size() == 1 ? root.get(0) : root;
            if (only != null && only.isObject()) {
                return ofObject(only);
            }
        } catch (IOException notJson) {
            return ofText(body, offset, length);
        }
        return ofText(body, offset, length);
    }

    /** @param code one more, in lower case; null for none */
    VendorError with(@Nullable String code) {
        if (code == null) {
            return this;
        }
        List<String> more = new ArrayList<>(codes);
        more.addFirst(code);
        return new VendorError(more, message, status, retryAfterMillis, headers);
    }

    boolean says(String code) {
        return codes.contains(code);
    }

    /** Whether the message holds one of the phrases, which are in lower case. */
    boolean mentions(List<String> phrases) {
        String text = message.toLowerCase(Locale.ROOT);
        return phrases.stream().anyMatch(text::contains);
    }

    private static VendorError ofObject(JsonNode root) {
        JsonNode error = root.path("error");
        JsonNode main = error.isObject() ? error : root;
        List<String> codes = new ArrayList<>();
        Integer status = null;
        for (JsonNode level : List.of(main, main.path("innererror"), root)) {
            for (String field : CODE_FIELDS) {
                JsonNode code = level.path(field);
                if (code.isTextual()) {
                    codes.add(code.textValue().toLowerCase(Locale.ROOT));
                } else if (code.isInt() && code.intValue() >= 400 && code.intValue() < 600) {
                    status = code.intValue();
                }
            }
        }
        reasons(main, codes);
        return new VendorError(codes, message(root, error, main), status, retryAfter(main), headers(main));
    }

    /** Google's finer codes ({@code google.rpc.ErrorInfo}): API_KEY_INVALID under a plain INVALID_ARGUMENT. */
    private static void reasons(JsonNode error, List<String> codes) {
        for (JsonNode detail : error.path("details")) {
            if (detail.path("reason").isTextual()) {
                codes.add(detail.path("reason").textValue().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static Map<String, String> headers(JsonNode error) {
        Map<String, String> headers = new LinkedHashMap<>();
        error.path("metadata").path("headers").properties().forEach(header -> {
            if (header.getValue().isValueNode() && headers.size() < MOST_HEADERS) {
                headers.put(header.getKey(), header.getValue().asText());
            }
        });
        return headers;
    }

    private static @Nullable Long retryAfter(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            if (detail.path("@type").asText("").endsWith("/google.rpc.RetryInfo")) {
                return ResetTime.durationMillis(detail.path("retryDelay").asText(""));
            }
        }
        return null;
    }

    private static String message(JsonNode root, JsonNode error, JsonNode main) {
        if (error.isTextual()) {
            return error.textValue();
        }
        for (JsonNode candidate :
                List.of(main.path("message"), root.path("message"), root.path("Message"), root.path("detail"))) {
            if (candidate.isTextual()) {
                return candidate.textValue();
            }
            if (candidate.isContainerNode() && !candidate.isEmpty()) {
                return candidate.toString();
            }
        }
        return "";
    }

    /** Compressed or otherwise binary bytes are no words; a last character cut in two is no reason to keep the rest back. */
    private static boolean isText(String text) {
        int broken = text.indexOf('\uFFFD');
        return (broken < 0 || broken == text.length() - 1)
                && text.chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
    }

    private static VendorError ofText(byte[] body, int offset, int length) {
        String text = new String(body, offset, length, StandardCharsets.UTF_8).strip();
        if (!isText(text)) {
            return new VendorError(List.of(), "", null, null, Map.of());
        }
        // A proxy's error page: its markup would tell nobody anything.
        return new VendorError(List.of(), text.startsWith("<") ? "" : text, null, null, Map.of());
    }
}

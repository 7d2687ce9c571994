package dev.tierway.adapter.providers.google;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tierway.application.chat.Part;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of thoughts that stand on function calls and texts, where the neutral types have no place for them. They
 * travel as sealed reasoning, which tells the place. Callers whose own dialect loses that (chat completions do) bring
 * only the call's id back: for them the latest signatures are remembered here, in this process. They are never put into
 * ids: those go to other vendors.
 */
final class ThoughtSignatures {
    static final String VENDOR = "google";

    /** Google's word for a call whose signature is lost or that another vendor made: it is then not checked. */
    static final String UNKNOWN = "skip_thought_signature_validator";

    private static final String TEXT = "text:";
    private static final String CALL = "call:";
    private static final long MOST_CHARACTERS = 16L << 20;
    private static final Duration KEPT = Duration.ofHours(2);

    private final Cache<String, String> byCall;

    ThoughtSignatures() {
        this(Ticker.systemTicker());
    }

    ThoughtSignatures(Ticker ticker) {
        byCall = Caffeine.newBuilder()
                .ticker(ticker)
                .maximumWeight(MOST_CHARACTERS)
                .weigher((String id, String signature) -> id.length() + signature.length())
                .expireAfterAccess(KEPT)
                .build();
    }

    void remember(String callId, String signature) {
        byCall.put(callId, signature);
    }

    @Nullable
    String of(String callId) {
        return byCall.getIfPresent(callId);
    }

    /** What is carried for a signature on a function call. */
    static String sealCall(String callId, String signature) {
        return CALL + signature + ":" + callId;
    }

    /** What is carried for a signature on text. */
    static String sealText(String signature) {
        return TEXT + signature;
    }

    /** The signature of the text it stands beside; null if it belongs to something else. */
    static @Nullable String ofText(Part part) {
        return part instanceof Part.SealedReasoning(String data, String vendor)
                        && vendor.equals(VENDOR)
                        && data.startsWith(TEXT)
                ? data.substring(TEXT.length())
                : null;
    }

    /** The signature of that call; null if it belongs to something else. */
    static @Nullable String ofCall(Part part, String callId) {
        if (part instanceof Part.SealedReasoning(String data, String vendor)
                && vendor.equals(VENDOR)
                && data.startsWith(CALL)
                && data.endsWith(":" + callId)) {
            int end = data.length() - callId.length() - 1;
            return end <= CALL.length() ? null : data.substring(CALL.length(), end);
        }
        return null;
    }
}

package dev.tierway.adapter.http.anthropic;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.adapter.http.wire.MediaTokens;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes over contents: measures their text, finds what a model must be able to take and a dialect to say. */
final class ContentScan {
    /** Blocks that neutral types have a place for. */
    private static final Set<String> TRANSLATED = Set.of(
            "text",
            "image",
            "document",
            "search_result",
            "thinking",
            "redacted_thinking",
            "tool_use",
            "tool_result",
            "mid_conv_system");

    private final JsonCursor cursor;
    private final Set<Capability> needs = EnumSet.noneOf(Capability.class);
    private final Set<Construct> uses = EnumSet.noneOf(Construct.class);
    private long textBytes;
    private long mediaTokens;
    private @Nullable String signatureDomain;
    private boolean foreignSignature;

    ContentScan(JsonCursor cursor) {
        this.cursor = cursor;
    }

    Set<Capability> needs() {
        return needs;
    }

    Set<Construct> uses() {
        return uses;
    }

    long textBytes() {
        return textBytes;
    }

    long mediaTokens() {
        return mediaTokens;
    }

    /** The vendor whose reasoning is replayed; null if none. */
    @Nullable
    String signatureDomain() {
        return signatureDomain;
    }

    /** Whether reasoning that isn't Anthropic's is replayed. */
    boolean foreignSignature() {
        return foreignSignature;
    }

    /** The cursor stands on a text or a list of blocks. */
    void content(String at) {
        switch (cursor.token()) {
            case VALUE_STRING -> textBytes += cursor.utf8Bytes();
            case START_ARRAY -> {
                for (int i = 0; cursor.advance() != JsonToken.END_ARRAY; i++) {
                    block(at + "[" + i + "]");
                }
            }
            case VALUE_NULL -> {}
            default -> throw cursor.wrongType(at, "a string or an array of blocks");
        }
    }

    private void block(String at) {
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw cursor.wrongType(at, "an object with 'type'");
        }
        String type = null;
        SourceScan source = null;
        boolean signed = false;
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            cursor.advance();
            switch (name) {
                case "type" -> type = cursor.requireText(at + ".type");
                case "text", "thinking", "input", "title", "context" -> textBytes += measured();
                case "content" -> content(at + ".content");
                case "source" -> source = SourceScan.scan(cursor);
                case "signature" -> signed = signature();
                case "data" -> sealed();
                case "is_error" -> use(cursor.flag(at + ".is_error"), Construct.FAILED_TOOL_RESULT);
                case "cache_control" -> cached();
                case "citations" -> {
                    use(cursor.token() == JsonToken.START_ARRAY, Construct.CITATIONS);
                    cursor.skipValue();
                }
                default -> cursor.skipValue();
            }
        }
        if (type == null) {
            throw HttpProblem.invalid("'" + at + "' has no 'type'.", at + ".type");
        }
        if (source != null) {
            medium(type, source);
        }
        use(!TRANSLATED.contains(type), Construct.NATIVE);
        use(type.equals("thinking") && !signed, Construct.UNSIGNED_REASONING);
        use(type.equals("tool_use") || type.equals("tool_result"), Construct.TOOLS);
    }

    private void medium(String type, SourceScan source) {
        use(source.byId(), Construct.FILE_ID);
        if (type.equals("image")) {
            needs.add(Capability.VISION);
            mediaTokens += MediaTokens.IMAGE;
            if (source.byUrl()) {
                needs.add(Capability.IMAGE_URL);
                uses.add(Construct.IMAGE_URL);
            }
        } else {
            uses.add(Construct.FILE);
            use(source.byUrl(), Construct.FILE_URL);
            mediaTokens += source.byUrl() ? MediaTokens.FILE_BY_URL : MediaTokens.ofFile(source.bytes());
        }
    }

    private boolean signature() {
        Signature signature = Signature.read(cursor.token() == JsonToken.VALUE_STRING ? cursor.text() : "");
        if (signature.vendor() == null) {
            return false;
        }
        signatureDomain = signature.vendor();
        foreignSignature |= !signature.anthropics();
        return true;
    }

    /** Thinking that its vendor alone can read. */
    private void sealed() {
        if (cursor.token() == JsonToken.VALUE_STRING) {
            String data = cursor.text();
            mediaTokens += data.length() / 4;
            Signature signature = Signature.read(data);
            signatureDomain = signature.vendor() == null ? signatureDomain : signature.vendor();
            foreignSignature |= signature.vendor() != null && !signature.anthropics();
        } else {
            cursor.skipValue();
        }
    }

    void cached() {
        use(cursor.token() == JsonToken.START_OBJECT, Construct.CACHE_CONTROL);
        cursor.skipValue();
    }

    void use(boolean used, Construct construct) {
        if (used) {
            uses.add(construct);
        }
    }

    private int measured() {
        return switch (cursor.token()) {
            case VALUE_STRING, START_OBJECT, START_ARRAY -> cursor.skipMeasured();
            default -> 0;
        };
    }
}

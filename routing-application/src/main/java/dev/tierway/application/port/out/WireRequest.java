package dev.tierway.application.port.out;

import dev.tierway.application.chat.NeutralRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request body as the client sent it, with the places of the three splices. Never changed in place.
 *
 * @param body the client's bytes, owned by this record
 * @param model where the value of {@code model} stands, quotes included
 * @param tierwayMember the {@code tierway} member with the comma that belongs to it; null if there is none
 * @param includeUsage where and what to insert so that a stream ends with its usage; null if the caller asked itself, or
 *     it isn't a stream
 * @param neutral the same request in neutral types, decoded when first asked for
 */
public record WireRequest(
        WireFormat format,
        byte[] body,
        Span model,
        @Nullable Span tierwayMember,
        @Nullable Insertion includeUsage,
        Supplier<? extends NeutralRequest> neutral) {
    /** Bytes from {@code start} up to, not including, {@code end}. */
    public record Span(int start, int end) {}

    /** Text to put in before the byte at {@code at}. */
    public record Insertion(int at, String text) {}

    /**
     * The body for one replica: byte for byte the client's but for the splices.
     *
     * @param upstreamModel the replica's name of the model
     * @param insertUsage whether the replica's kind knows {@code stream_options.include_usage}
     */
    public byte[] bodyFor(String upstreamModel, boolean insertUsage) {
        byte[] name = quote(upstreamModel);
        Exactly out = new Exactly(body.length
                - (model.end - model.start)
                + name.length
                - (tierwayMember == null ? 0 : tierwayMember.end - tierwayMember.start)
                + (insertUsage && includeUsage != null ? includeUsage.text.length() : 0));
        int from = 0;
        while (from < body.length) {
            int next = body.length;
            if (model.start >= from) {
                next = Math.min(next, model.start);
            }
            if (tierwayMember != null && tierwayMember.start >= from) {
                next = Math.min(next, tierwayMember.start);
            }
            boolean insert = insertUsage && includeUsage != null && includeUsage.at >= from;
            if (insert && includeUsage != null) {
                next = Math.min(next, includeUsage.at);
            }
            out.write(body, from, next - from);
            if (insert && includeUsage != null && includeUsage.at == next) {
                out.writeBytes(includeUsage.text.getBytes(StandardCharsets.UTF_8));
                insertUsage = false;
            }
            if (next == model.start && next < body.length) {
                out.writeBytes(name);
                from = model.end;
            } else if (tierwayMember != null && next == tierwayMember.start) {
                from = tierwayMember.end;
            } else {
                from = next;
            }
        }
        return out.written();
    }

    /** Of a size known before: what is written isn't copied once more, since bodies may be large. */
    private static final class Exactly extends ByteArrayOutputStream {
        Exactly(int size) {
            super(Math.max(0, size));
        }

        byte[] written() {
            return count == buf.length ? buf : toByteArray();
        }
    }

    private static byte[] quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString().getBytes(StandardCharsets.UTF_8);
    }
}

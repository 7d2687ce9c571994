package dev.tierway.adapter.http.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Adds a member to a JSON object without reading it: everything else stays byte for byte. */
public final class ObjectSplice {
    private static final byte[] FINISH_REASON = "\"finish_reason\"".getBytes(StandardCharsets.US_ASCII);

    private ObjectSplice() {}

    /**
     * @param text a JSON object, or one server-sent event that holds one; what follows the object must hold no brace
     * @throws IllegalArgumentException if there is no object
     */
    public static byte[] append(byte[] text, String name, byte[] value) {
        int brace = text.length - 1;
        while (brace >= 0 && text[brace] != '}') {
            brace--;
        }
        if (brace < 1) {
            throw new IllegalArgumentException("no JSON object to add '" + name + "' to");
        }
        int last = brace - 1;
        while (last > 0 && text[last] <= ' ') {
            last--;
        }
        String member = (text[last] == '{' ? "\"" : ",\"") + name + "\":";
        byte[] key = member.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[text.length + key.length + value.length];
        System.arraycopy(text, 0, all, 0, brace);
        System.arraycopy(key, 0, all, brace, key.length);
        System.arraycopy(value, 0, all, brace + key.length, value.length);
        System.arraycopy(text, brace, all, brace + key.length + value.length, text.length - brace);
        return all;
    }

    /** Whether a stream's chunk says why a choice ended: vendors send nothing but usage after it. */
    public static boolean holdsFinishReason(byte[] chunk) {
        int at = indexOf(chunk, FINISH_REASON);
        int value = at < 0 ? chunk.length : at + FINISH_REASON.length;
        while (value < chunk.length && (chunk[value] == ':' || chunk[value] <= ' ')) {
            value++;
        }
        return value < chunk.length && chunk[value] == '"';
    }

    private static int indexOf(byte[] in, byte[] what) {
        for (int i = 0; i <= in.length - what.length; i++) {
            if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }
}

package dev.tierway.application.explain;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes a document as JSON in UTF-8, without making an object per value: explaining must cost no more than deciding. */
final class JsonText extends JsonWriter {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** Digits of a long, its sign, a point and a zero before it. */
    private static final int MOST_DIGITS = 24;

    private static final int INT_UNITS = 1_000_000_000;

    private byte[] bytes;
    private int size;
    /** Whether a comma is due before what comes next. */
    private boolean comma;

    JsonText(int expected) {
        bytes = new byte[expected];
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private void put(char c) {
        bytes[size++] = (byte) c;
    }

    private void value(byte[] json) {
        room(json.length + 1);
        separate();
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
        comma = true;
    }

    private void separate() {
        if (comma) {
            put(',');
        }
    }

    @Override
    JsonWriter name(Word name) {
        int from = comma ? 0 : 1;
        int length = name.member.length - from;
        room(length);
        System.arraycopy(name.member, from, bytes, size, length);
        size += length;
        comma = false;
        return this;
    }

    @Override
    JsonWriter name(String name) {
        text(name);
        room(1);
        put(':');
        comma = false;
        return this;
    }

    private void begin(char bracket) {
        room(2);
        separate();
        put(bracket);
        comma = false;
    }

    private void end(char bracket) {
        room(1);
        put(bracket);
        comma = true;
    }

    @Override
    void beginObject() {
        begin('{');
    }

    @Override
    void endObject() {
        end('}');
    }

    @Override
    void beginArray() {
        begin('[');
    }

    @Override
    void endArray() {
        end(']');
    }

    @Override
    void word(Word value) {
        value(value.value);
    }

    @Override
    void flag(boolean value) {
        value(value ? TRUE : FALSE);
    }

    @Override
    void unknown() {
        value(NULL);
    }

    @Override
    void number(long value) {
        fixed(value, 0);
    }

    /** Zeros at the end of a fraction are left out. */
    @Override
    void fixed(long units, int places) {
        room(MOST_DIGITS + 1);
        separate();
        comma = true;
        if (units == 0) {
            put('0');
        } else if (units > -INT_UNITS && units < INT_UNITS) {
            if (units < 0) {
                put('-');
            }
            few((int) Math.abs(units), places);
        } else {
            many(units, places);
        }
    }

    /** Most numbers by far: in the arithmetic that is quickest, straight to their place. */
    private void few(int units, int places) {
        int rest = units;
        int fraction = places;
        while (fraction > 0 && rest % 10 == 0) {
            rest /= 10;
            fraction--;
        }
        int length = Math.max(digits(rest), fraction + 1) + (fraction > 0 ? 1 : 0);
        int at = size + length;
        size = at;
        if (fraction > 0) {
            for (int i = 0; i < fraction; i++) {
                int tenth = rest / 10;
                bytes[--at] = (byte) ('0' + rest - tenth * 10);
                rest = tenth;
            }
            bytes[--at] = '.';
        }
        do {
            int tenth = rest / 10;
            bytes[--at] = (byte) ('0' + rest - tenth * 10);
            rest = tenth;
        } while (rest != 0);
    }

    /** Of a number below a billion. */
    private static int digits(int number) {
        if (number < 1000) {
            return number < 10 ? 1 : number < 100 ? 2 : 3;
        }
        if (number < 1_000_000) {
            return number < 10_000 ? 4 : number < 100_000 ? 5 : 6;
        }
        return number < 10_000_000 ? 7 : number < 100_000_000 ? 8 : 9;
    }

    private void many(long units, int places) {
        String digits = BigDecimal.valueOf(units, places).stripTrailingZeros().toPlainString();
        room(digits.length());
        for (int i = 0; i < digits.length(); i++) {
            put(digits.charAt(i));
        }
    }

    @Override
    void exact(double value) {
        value(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    void large(double value) {
        BigDecimal stripped = BigDecimal.valueOf(value).stripTrailingZeros();
        value(stripped.toPlainString().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    void text(@Nullable String value) {
        if (value == null) {
            unknown();
            return;
        }
        int length = value.length();
        room(3 * length + 3);
        separate();
        comma = true;
        put('"');
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                put(c);
            } else {
                i = special(value, i, 3 * (length - i));
            }
        }
        put('"');
    }

    /**
     * Writes what isn't plain ASCII; half a surrogate pair becomes a replacement character.
     *
     * @param left room to keep for the rest
     * @return the last place that was used
     */
    private int special(String value, int at, int left) {
        char c = value.charAt(at);
        room(6 + left + 1);
        if (c == '"' || c == '\\') {
            put('\\');
            put(c);
        } else if (c < ' ' || c == 0x7f) {
            put('\\');
            put('u');
            put('0');
            put('0');
            bytes[size++] = HEX[c >> 4];
            bytes[size++] = HEX[c & 15];
        } else {
            boolean pair = Character.isHighSurrogate(c)
                    && at + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(at + 1));
            int end = at + (pair ? 2 : 1);
            String one = pair || !Character.isSurrogate(c) ? value.substring(at, end) : "\ufffd";
            byte[] encoded = one.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(encoded, 0, bytes, size, encoded.length);
            size += encoded.length;
            return end - 1;
        }
        return at;
    }
}

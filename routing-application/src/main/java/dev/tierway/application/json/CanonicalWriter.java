package dev.tierway.application.json;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes values in their one form; the order of members is that of their names' UTF-16 units, as in RFC 8785. */
final class CanonicalWriter {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;

    CanonicalWriter(StringBuilder out) {
        this.out = out;
    }

    void write(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> text(text);
            case Boolean flag -> out.append(flag.booleanValue());
            case BigDecimal number -> number(number);
            case Double number -> number(BigDecimal.valueOf(number));
            case Number number -> out.append(number.longValue());
            case Enum<?> one -> text(one.name());
            case Map<?, ?> object -> object(object);
            case Collection<?> array -> array(array);
            case Record one -> object(members(one));
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private void number(BigDecimal number) {
        BigDecimal least = number.stripTrailingZeros();
        out.append(least.signum() == 0 ? "0" : least.toString());
    }

    private void object(Map<?, ?> object) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        object.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        char before = '{';
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            out.append(before);
            text(member.getKey());
            out.append(':');
            write(member.getValue());
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
    }

    private void array(Collection<?> array) {
        char before = '[';
        for (Object one : array) {
            out.append(before);
            write(one);
            before = ',';
        }
        out.append(before == '[' ? "[]" : "]");
    }

    private static Map<String, @Nullable Object> members(Record record) {
        Map<String, @Nullable Object> members = new TreeMap<>();
        members.put("@", record.getClass().getSimpleName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                members.put(component.getName(), component.getAccessor().invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("can't read " + component + " of " + record.getClass(), e);
            }
        }
        return members;
    }

    private void text(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || loneSurrogate(value, i)) {
                        out.append("\\u")
                                .append(HEX[c >> 12])
                                .append(HEX[(c >> 8) & 15])
                                .append(HEX[(c >> 4) & 15])
                                .append(HEX[c & 15]);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** UTF-8 has no place for half a pair. */
    private static boolean loneSurrogate(String value, int at) {
        char c = value.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1))
                : Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }
}

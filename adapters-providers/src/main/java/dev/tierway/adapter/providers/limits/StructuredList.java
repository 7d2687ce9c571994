package dev.tierway.adapter.providers.limits;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list of items with parameters, as structured fields write it (RFC 9651, 3.1): {@code "a";q=10;w=60, b;r=1}. Only what
 * rate-limit headers use of it: strings without escapes, tokens and whole numbers.
 */
final class StructuredList {
    private static final int MOST_ITEMS = 16;
    private static final String BARE =
            "(\"[ !#-\\[\\]-~]{0,64}\"|[A-Za-z*][A-Za-z0-9:/!#$%&'*+.^_`|~-]{0,64}|\\d{1,15})";
    private static final Pattern ITEM = Pattern.compile("\\s*" + BARE);
    private static final Pattern PARAMETER = Pattern.compile("\\s*;\\s*([a-z*][a-z0-9_.*-]{0,32})=" + BARE);
    private static final Pattern NEXT = Pattern.compile("\\s*,");

    /**
     * One item.
     *
     * @param value without quotes
     */
    record Item(String value, Map<String, String> parameters) {
        /** Its value as a number; null if it is none. */
        @Nullable
        Long number() {
            return whole(value);
        }

        /** A parameter as a number; null if it is missing or none. */
        @Nullable
        Long number(String parameter) {
            return whole(parameters.get(parameter));
        }

        private static @Nullable Long whole(@Nullable String text) {
            return text != null
                            && !text.isEmpty()
                            && text.chars().allMatch(c -> c >= '0' && c <= '9')
                            && text.length() <= 15
                    ? Long.valueOf(text)
                    : null;
        }
    }

    private StructuredList() {}

    /** The items; none if the text is no such list, for half of one can't be trusted. */
    static List<Item> parse(@Nullable String text) {
        List<Item> items = new ArrayList<>();
        if (text == null) {
            return items;
        }
        int at = 0;
        while (items.size() < MOST_ITEMS) {
            Matcher item = ITEM.matcher(text).region(at, text.length());
            if (!item.lookingAt()) {
                return List.of();
            }
            at = item.end();
            Map<String, String> parameters = new LinkedHashMap<>();
            Matcher parameter = PARAMETER.matcher(text).region(at, text.length());
            while (parameter.lookingAt()) {
                parameters.put(parameter.group(1), bare(parameter.group(2)));
                at = parameter.end();
                parameter.region(at, text.length());
            }
            items.add(new Item(bare(item.group(1)), parameters));
            Matcher next = NEXT.matcher(text).region(at, text.length());
            if (!next.lookingAt()) {
                return text.substring(at).isBlank() ? items : List.of();
            }
            at = next.end();
        }
        return List.of();
    }

    /** The first item; null if the text is no such list. */
    static @Nullable Item first(@Nullable String text) {
        List<Item> items = parse(text);
        return items.isEmpty() ? null : items.getFirst();
    }

    private static String bare(String text) {
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }
}

package dev.tierway.bootstrap.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values of JSON as people read them. What is unknown is a dash, never a zero. */
public final class Words {
    public static final String UNKNOWN = "-";

    private Words() {}

    public static String text(JsonNode value) {
        return isUnknown(value) ? UNKNOWN : value.asText();
    }

    /** With five decimals: a call costs thousandths of a dollar. */
    public static String dollars(JsonNode value) {
        return isUnknown(value) ? UNKNOWN : String.format(Locale.ROOT, "%.5f", value.asDouble());
    }

    public static String percent(JsonNode share) {
        return isUnknown(share) ? UNKNOWN : String.format(Locale.ROOT, "%.1f%%", share.asDouble() * 100);
    }

    /** A span in milliseconds, in the unit that suits it. */
    public static String span(JsonNode millis) {
        return isUnknown(millis) ? UNKNOWN : span(millis.asDouble());
    }

    public static String span(double millis) {
        if (millis < 10_000) {
            return Math.round(millis) + " ms";
        }
        double seconds = millis / 1000;
        return seconds < 120
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : seconds < 7200 ? Math.round(seconds / 60) + " min" : Math.round(seconds / 3600) + " h";
    }

    /** An object's members that are known: {@code name value, name value}. */
    public static String members(JsonNode object, List<String> except) {
        List<String> words = new ArrayList<>();
        object.properties().forEach(member -> {
            if (!except.contains(member.getKey()) && !isUnknown(member.getValue())) {
                words.add(member.getKey() + " " + one(member.getValue()));
            }
        });
        return String.join(", ", words);
    }

    private static String one(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> items = new ArrayList<>();
        value.forEach(item -> items.add(item.asText()));
        return String.join("+", items);
    }

    public static boolean isUnknown(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }
}

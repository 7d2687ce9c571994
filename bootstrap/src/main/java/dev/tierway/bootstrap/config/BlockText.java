package dev.tierway.bootstrap.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Plain maps, lists, texts and numbers as YAML for people: lists of things in blocks, what is short on one line. */
final class BlockText {
    private static final int LINE = 140;

    private BlockText() {}

    static String of(Map<String, Object> document) {
        StringBuilder yaml = new StringBuilder();
        document.forEach((key, value) -> member(yaml, "", key, value));
        return yaml.toString();
    }

    private static void member(StringBuilder yaml, String indent, String key, Object value) {
        yaml.append(indent).append(text(key)).append(':');
        String flow = flow(value);
        if (value instanceof List<?> list && holdsMaps(list)) {
            yaml.append('\n');
            list.forEach(item -> item(yaml, indent + "  ", item));
        } else if (value instanceof Map<?, ?> map && (indent.isEmpty() || flow.length() > LINE)) {
            yaml.append('\n');
            map.forEach((name, one) -> member(yaml, indent + "  ", String.valueOf(name), one));
        } else {
            yaml.append(' ').append(flow).append('\n');
        }
    }

    private static void item(StringBuilder yaml, String indent, Object item) {
        String flow = flow(item);
        if (!(item instanceof Map<?, ?> map) || (flow.length() + indent.length() <= LINE && !holdsLists(map))) {
            yaml.append(indent).append("- ").append(flow).append('\n');
            return;
        }
        StringBuilder members = new StringBuilder();
        map.forEach((key, value) -> member(members, indent + "  ", String.valueOf(key), value));
        yaml.append(indent).append("- ").append(members.substring(indent.length() + 2));
    }

    private static boolean holdsMaps(List<?> list) {
        return list.stream().anyMatch(Map.class::isInstance);
    }

    private static boolean holdsLists(Map<?, ?> map) {
        return map.values().stream().anyMatch(value -> value instanceof List<?> list && holdsMaps(list));
    }

    private static String flow(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                StringJoiner members = new StringJoiner(", ", "{ ", " }");
                map.forEach((key, one) -> members.add(text(String.valueOf(key)) + ": " + flow(one)));
                yield map.isEmpty() ? "{}" : members.toString();
            }
            case List<?> list -> {
                StringJoiner items = new StringJoiner(", ", "[", "]");
                list.forEach(item -> items.add(flow(item)));
                yield items.toString();
            }
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> text(value.toString());
        };
    }

    /** In quotes wherever YAML might take it for something else. */
    private static String text(String text) {
        boolean plain =
                text.matches("[A-Za-z][A-Za-z0-9_./-]*") && !text.matches("(?i)true|false|yes|no|on|off|null|y|n");
        return plain ? text : '"' + escaped(text) + '"';
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').append((char) c);
            } else if (Character.isISOControl(c) || Character.isSurrogate((char) c) || c > 0xFFFD) {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }
}

package dev.tierway.bootstrap.config;

import java.util.StringJoiner;

/** Values as YAML on one line. */
final class FlowText {
    private FlowText() {}

    static String of(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.written() == Node.Written.TEXT ? quoted(scalar.text()) : scalar.raw();
            case Node.Sequence list -> {
                StringJoiner items = new StringJoiner(", ", "[", "]");
                list.items().forEach(item -> items.add(of(item)));
                yield items.toString();
            }
            case Node.Mapping map -> {
                StringJoiner members = new StringJoiner(", ", "{ ", " }");
                map.values().forEach((key, value) -> members.add(key + ": " + of(value)));
                yield members.toString();
            }
        };
    }

    private static String quoted(String text) {
        return text.matches("[a-z][a-z0-9-]*")
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

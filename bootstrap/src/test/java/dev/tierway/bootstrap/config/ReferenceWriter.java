package dev.tierway.bootstrap.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the tables of docs/reference/configuration.md from the keys the parser reads. */
final class ReferenceWriter {
    private final Map<Section<?>, List<String>> places = new LinkedHashMap<>();

    private ReferenceWriter() {
        find(RootSection.SECTION, "");
    }

    static String write() {
        ReferenceWriter writer = new ReferenceWriter();
        StringBuilder text = new StringBuilder();
        writer.places.forEach((section, places) -> text.append(writer.section(section, places)));
        return text.toString();
    }

    private void find(Shape<?> shape, String path) {
        switch (shape) {
            case ScalarShape<?> ignored -> {}
            case JsonShape ignored -> {}
            case OneOrMany<?> ignored -> {}
            case ListShape<?> list -> find(list.item(), path + "[]");
            case MapShape<?, ?> map -> find(map.value(), path + ".NAME");
            case ByName<?> named -> {
                named.known().values().forEach(section -> find(section, path));
                find(named.other(), path);
            }
            case ShortForm<?, ?> either -> find(either.section(), path);
            case Section<?> section -> {
                places.computeIfAbsent(section, s -> new ArrayList<>()).add(path);
                for (Key<?> key : section.keys()) {
                    find(key.shape(), path.isEmpty() ? key.name() : path + "." + key.name());
                }
            }
        }
    }

    private String section(Section<?> section, List<String> paths) {
        StringBuilder text = new StringBuilder("### ").append(section.name()).append("\n\n");
        if (!paths.equals(List.of(""))) {
            text.append("Under `").append(String.join("`, `", paths)).append("`. ");
        }
        text.append(section.meaning()).append("\n\n| key | type | default | meaning |\n|---|---|---|---|\n");
        for (Key<?> key : section.keys()) {
            text.append("| `").append(key.name()).append("` | ").append(type(key.shape()));
            text.append(" | ")
                    .append(standing(key))
                    .append(" | ")
                    .append(key.meaning())
                    .append(" |\n");
        }
        for (Section.OneOf group : section.groups()) {
            text.append("\n")
                    .append(group.needed() ? "Exactly one" : "At most one")
                    .append(" of `");
            text.append(String.join("`, `", group.keys())).append("`.\n");
        }
        for (Section.Refused refused : section.refused()) {
            text.append("\n`")
                    .append(refused.name())
                    .append("` ")
                    .append(refused.message())
                    .append(".\n");
        }
        return text.append("\n").toString();
    }

    private static String type(Shape<?> shape) {
        return switch (shape) {
            case ScalarShape<?> scalar -> brief(scalar);
            case JsonShape any -> any.phrase();
            case ListShape<?> list -> "list of " + type(list.item());
            case OneOrMany<?> several -> brief(several.item()) + ", or a list of them";
            case MapShape<?, ?> map -> brief(map.name()) + ": " + type(map.value());
            case ByName<?> named -> {
                StringBuilder links = new StringBuilder();
                named.known()
                        .values()
                        .forEach(section -> links.append(type(section)).append(", "));
                yield links.append("or ").append(type(named.other())).toString();
            }
            case ShortForm<?, ?> either -> type(either.section()) + ", or " + brief(either.scalar());
            case Section<?> section -> "[" + section.name() + "](#" + section.name() + ")";
        };
    }

    /** Without article and examples. */
    private static String brief(ScalarShape<?> scalar) {
        return scalar.phrase().replaceFirst("^an? ", "").replaceFirst(" such as .*", "");
    }

    private static String standing(Key<?> key) {
        String shown = key.shownDefault();
        if (shown == null) {
            return !key.required() ? "–" : key.mayBeLeftOut() ? "**required**, or from the catalogue" : "**required**";
        }
        return key.standing() != null ? "`" + shown + "`" : shown;
    }
}

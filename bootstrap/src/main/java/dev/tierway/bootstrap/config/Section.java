package dev.tierway.bootstrap.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A set of known keys. Every key not declared is an error. */
final class Section<T> implements Shape<T> {
    private final String name;
    private final String meaning;
    private final List<Key<?>> keys;
    private final List<Refused> refused;
    private final List<OneOf> groups;
    private final Function<Values, T> make;

    /** Keys of which only one may be there; {@code needed}: and must. */
    record OneOf(List<String> keys, boolean needed) {}

    /** A key that exists, but not here or not yet. */
    record Refused(String name, String message, String suggestion) {}

    private Section(
            String name,
            String meaning,
            List<Key<?>> keys,
            List<Refused> refused,
            List<OneOf> groups,
            Function<Values, T> make) {
        this.name = name;
        this.meaning = meaning;
        this.keys = List.copyOf(keys);
        this.refused = refused;
        this.groups = groups;
        this.make = make;
    }

    /**
     * @param name unique among sections
     * @param make called only if every required key could be read
     */
    static <T> Section<T> of(String name, String meaning, List<Key<?>> keys, Function<Values, T> make) {
        return new Section<>(name, meaning, keys, List.of(), List.of(), make);
    }

    /** A key that somebody might look for here. */
    Section<T> elsewhere(String key, String message, String suggestion) {
        List<Refused> more = new ArrayList<>(refused);
        more.add(new Refused(key, message, suggestion));
        return new Section<>(name, meaning, keys, List.copyOf(more), groups, make);
    }

    Section<T> oneOf(boolean needed, Key<?>... alternatives) {
        List<OneOf> more = new ArrayList<>(groups);
        more.add(new OneOf(List.of(alternatives).stream().map(Key::name).toList(), needed));
        return new Section<>(name, meaning, keys, refused, List.copyOf(more), make);
    }

    String name() {
        return name;
    }

    String meaning() {
        return meaning;
    }

    List<Key<?>> keys() {
        return keys;
    }

    List<Refused> refused() {
        return refused;
    }

    List<OneOf> groups() {
        return groups;
    }

    @Override
    public String phrase() {
        return "a set of keys";
    }

    @Override
    public @Nullable T read(Node node, Problems problems) {
        if (!(node instanceof Node.Mapping mapping)) {
            wrongKind(node, problems);
            return null;
        }
        refuseUnknown(mapping, problems);
        boolean whole = checkGroups(mapping, problems);
        Values values = new Values(mapping, problems);
        for (Key<?> key : keys) {
            whole &= readKey(key, mapping, values, problems);
        }
        if (!whole) {
            return null;
        }
        try {
            return make.apply(values);
        } catch (IllegalArgumentException e) {
            problems.error(node, String.valueOf(e.getMessage()), e instanceof Unfit unfit ? unfit.suggestion() : null);
            return null;
        }
    }

    /** False if the section can't be made without it. */
    private static <V> boolean readKey(Key<V> key, Node.Mapping mapping, Values values, Problems problems) {
        Node child = mapping.values().get(key.name());
        if (child == null) {
            if (key.required()) {
                problems.error(
                        mapping,
                        "'" + key.name() + "' is missing",
                        "add " + key.name() + ": " + key.shape().phrase());
            }
            return !key.required();
        }
        V value = key.shape().read(child, problems);
        values.put(key, value);
        return value != null || !key.required();
    }

    private void refuseUnknown(Node.Mapping mapping, Problems problems) {
        List<String> names = keys.stream().map(Key::name).toList();
        mapping.keys().forEach((key, at) -> {
            String path = Node.pathOf(mapping.path(), key);
            Refused known = refused.stream()
                    .filter(one -> one.name().equals(key))
                    .findFirst()
                    .orElse(null);
            if (known != null) {
                problems.error(at, path, "'" + key + "' " + known.message(), known.suggestion());
            } else if (key.equals("<<")) {
                problems.error(at, path, "merge keys are not supported", "write the keys out");
            } else if (!names.contains(key)) {
                problems.error(at, path, "unknown key '" + key + "'", DidYouMean.suggest(key, names, "known keys"));
            }
        });
    }

    private boolean checkGroups(Node.Mapping mapping, Problems problems) {
        boolean ok = true;
        for (OneOf group : groups) {
            List<String> present =
                    group.keys().stream().filter(mapping.values()::containsKey).toList();
            if (present.size() > 1) {
                problems.error(mapping, "has both '" + present.get(0) + "' and '" + present.get(1) + "'", "keep one");
                ok = false;
            } else if (present.isEmpty() && group.needed()) {
                problems.error(mapping, "has none of " + String.join(", ", group.keys()), "add one");
                ok = false;
            }
        }
        return ok;
    }
}

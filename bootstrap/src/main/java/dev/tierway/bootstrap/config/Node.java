package dev.tierway.bootstrap.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of the file that knows where it stands. */
sealed interface Node {
    int LONGEST_KEY = 80;
    int LONGEST_PATH = 300;

    Location at();

    /** The keys that lead to it, e.g. {@code models[0].replicas[1].price}. */
    String path();

    /** What it is, for people: "a list". */
    String kind();

    /** Values in it, itself included; an aliased one counts wherever it is used. */
    int size();

    /** What a single value was written as. */
    enum Written {
        TEXT,
        NUMBER,
        BOOLEAN,
        NOTHING,
        /** A placeholder that can't be resolved: reported already, to be passed over in silence. */
        UNRESOLVED
    }

    /**
     * One value.
     *
     * @param raw as written in the file
     * @param text after placeholders were resolved; must never be shown if {@code substituted}: it may be a secret
     */
    record Scalar(Location at, String path, Written written, String raw, String text, boolean substituted)
            implements Node {
        @Override
        public String kind() {
            return switch (written) {
                case TEXT, UNRESOLVED -> "text";
                case NUMBER -> "a number";
                case BOOLEAN -> "true or false";
                case NOTHING -> "nothing";
            };
        }

        @Override
        public int size() {
            return 1;
        }
    }

    record Sequence(Location at, String path, List<Node> items, int size) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * Values under keys, in the file's order.
     *
     * @param keys where each key itself stands
     */
    record Mapping(Location at, String path, Map<String, Node> values, Map<String, Location> keys, int size)
            implements Node {
        @Override
        public String kind() {
            return "a set of keys";
        }

        /** The text under a key; null if there is none that can be read. */
        @Nullable
        Scalar text(String key) {
            return values.get(key) instanceof Scalar scalar && scalar.written() == Written.TEXT ? scalar : null;
        }

        /** The sets of keys in the list under a key; whatever else stands there is left out. */
        List<Mapping> items(String key) {
            return values.get(key) instanceof Sequence list
                    ? list.items().stream()
                            .filter(Mapping.class::isInstance)
                            .map(Mapping.class::cast)
                            .toList()
                    : List.of();
        }
    }

    /** Cut where it gets too long to be read. */
    static String pathOf(String parent, String longKey) {
        if (parent.length() > LONGEST_PATH) {
            return parent;
        }
        String key = longKey.length() <= LONGEST_KEY ? longKey : longKey.substring(0, LONGEST_KEY) + "…";
        boolean plain =
                !key.isEmpty() && key.chars().allMatch(c -> c == '-' || c == '_' || Character.isLetterOrDigit(c));
        if (!plain) {
            return parent + "[\"" + key + "\"]";
        }
        return parent.isEmpty() ? key : parent + "." + key;
    }

    static String pathOf(String parent, int index) {
        return parent.length() > LONGEST_PATH ? parent : parent + "[" + index + "]";
    }
}

package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.config.Node.Written;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes nodes that stand for something the file only refers to: their problems are shown at the reference.
 *
 * @param at where the reference stands
 * @param path the keys that lead to it
 */
record PlacedNodes(Location at, String path) {
    static PlacedNodes at(Node reference) {
        return new PlacedNodes(reference.at(), reference.path());
    }

    Node.Scalar text(String value) {
        return new Node.Scalar(at, path, Written.TEXT, value, value, false);
    }

    Node.Scalar number(String digits) {
        return new Node.Scalar(at, path, Written.NUMBER, digits, digits, false);
    }

    Node.Scalar no() {
        return new Node.Scalar(at, path, Written.BOOLEAN, "false", "false", false);
    }

    Node.Sequence list(List<? extends Node> items) {
        return new Node.Sequence(at, path, List.copyOf(items), size(items));
    }

    Node.Sequence texts(List<String> items) {
        return list(items.stream().map(this::text).toList());
    }

    Node.Mapping mapping(Map<String, Node> values) {
        Map<String, Location> keys = new LinkedHashMap<>();
        values.keySet().forEach(key -> keys.put(key, at));
        return new Node.Mapping(at, path, new LinkedHashMap<>(values), keys, size(values.values()));
    }

    /** The same value at this place. */
    Node copy(Node node) {
        return switch (node) {
            case Node.Scalar scalar ->
                new Node.Scalar(at, path, scalar.written(), scalar.raw(), scalar.text(), scalar.substituted());
            case Node.Sequence sequence ->
                list(sequence.items().stream().map(this::copy).toList());
            case Node.Mapping mapping -> {
                Map<String, Node> values = new LinkedHashMap<>();
                mapping.values().forEach((key, value) -> values.put(key, copy(value)));
                yield mapping(values);
            }
        };
    }

    /** What a set of keys says, then what it leaves out and others say. */
    static Node.Mapping completed(Node.Mapping first, Map<String, Node> others) {
        Map<String, Node> values = new LinkedHashMap<>(first.values());
        Map<String, Location> keys = new LinkedHashMap<>(first.keys());
        others.forEach((key, value) -> {
            if (values.putIfAbsent(key, value) == null) {
                keys.put(key, value.at());
            }
        });
        return new Node.Mapping(first.at(), first.path(), values, keys, size(values.values()));
    }

    /** The same set of keys with another value under one. */
    static Node.Mapping with(Node.Mapping old, String key, Node value) {
        Map<String, Node> values = new LinkedHashMap<>(old.values());
        values.put(key, value);
        Map<String, Location> keys = new LinkedHashMap<>(old.keys());
        keys.putIfAbsent(key, value.at());
        return new Node.Mapping(old.at(), old.path(), values, keys, size(values.values()));
    }

    private static int size(Iterable<? extends Node> nodes) {
        int size = 1;
        for (Node node : nodes) {
            size += node.size();
        }
        return size;
    }
}

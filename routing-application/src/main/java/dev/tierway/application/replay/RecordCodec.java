package dev.tierway.application.replay;

import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.routing.RankingStrategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Turns trees of records into plain values and back, by the records' components. A record is the list of its components'
 * values; one of some size stands once in a table and is referred to by its place, because decisions look at the same
 * things again and again. Every double comes back bit by bit.
 */
final class RecordCodec {
    /** Records with fewer components are written where they are. */
    static final int LEAST_SHARED = 3;

    private static final String VERSION = "version";
    private static final String VALUES = "values";
    private static final String ROOT = "root";

    private RecordCodec() {}

    static Map<String, ?> encode(Record root, Class<? extends Record> type) {
        RecordEncoder encoder = new RecordEncoder();
        Object place = encoder.encode(root, type);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(VERSION, Shapes.version(type));
        json.put(VALUES, encoder.values());
        json.put(ROOT, place);
        return json;
    }

    /** @throws IllegalArgumentException if it wasn't recorded by this version, or is damaged */
    static <T extends Record> T decode(Map<?, ?> json, Class<T> type, Function<Strategy, RankingStrategy> strategies) {
        String version = Shapes.version(type);
        if (!version.equals(json.get(VERSION))) {
            throw new IllegalArgumentException("the decision was recorded in the form " + json.get(VERSION)
                    + ", this version of Tierway replays " + version + ": replay it with the version that recorded it");
        }
        if (!(json.get(VALUES) instanceof List<?> values) || json.get(ROOT) == null) {
            throw new IllegalArgumentException("the record is damaged: 'values' or 'root' is missing");
        }
        try {
            return type.cast(
                    Objects.requireNonNull(new RecordDecoder(values, strategies).decode(json.get(ROOT), type)));
        } catch (ClassCastException | IndexOutOfBoundsException | NullPointerException damaged) {
            throw new IllegalArgumentException("the record is damaged: " + damaged.getMessage(), damaged);
        }
    }
}

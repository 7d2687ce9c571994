package dev.tierway.adapter.http.observe;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Meters of one name, one per combination of label values, found without asking the registry again. */
final class MeterFamily<M> {
    private final List<String> labels;
    private final Function<Tags, M> register;
    private final BoundedLabels[] bounds;
    private final Map<List<String>, M> meters = new ConcurrentHashMap<>();

    MeterFamily(List<String> labels, Function<Tags, M> register) {
        this.labels = labels;
        this.register = register;
        this.bounds = labels.stream().map(label -> new BoundedLabels()).toArray(BoundedLabels[]::new);
    }

    /** The meter with these values, in the labels' order. */
    M of(String... values) {
        List<String> asked = Arrays.asList(values);
        M known = meters.get(asked);
        return known != null ? known : meters.computeIfAbsent(bounded(values), v -> register.apply(tags(v)));
    }

    private List<String> bounded(String[] values) {
        String[] bounded = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            bounded[i] = bounds[i].bounded(values[i]);
        }
        return List.of(bounded);
    }

    private Tags tags(List<String> values) {
        Tags tags = Tags.empty();
        for (int i = 0; i < values.size(); i++) {
            tags = tags.and(Tag.of(labels.get(i), values.get(i)));
        }
        return tags;
    }
}

package dev.tierway.application.service;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.Route;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** "Did you mean": the configured name nearest to one that doesn't exist. */
final class Suggestions {
    private Suggestions() {}

    /** A sentence with a trailing space, or nothing. */
    static String known(String wrong, Catalogue catalogue) {
        Stream<String> names = Stream.of(
                        catalogue.routes().stream().map(Route::name),
                        catalogue.models().stream().map(model -> model.id().value()),
                        catalogue.replicas().stream().map(Replica::id).map(Object::toString))
                .flatMap(all -> all);
        return nearest(wrong, names);
    }

    /** A sentence with a trailing space, or nothing. */
    static String nearest(String wrong, Stream<String> names) {
        return names.min(Comparator.comparingInt(name -> distance(wrong, name)))
                .filter(name -> distance(wrong, name) <= Math.max(2, wrong.length() / 3))
                .map(name -> "Did you mean '" + name + "'? ")
                .orElse("");
    }

    static String tiers(Catalogue catalogue) {
        String tiers = catalogue.models().stream()
                .map(model -> model.tier())
                .distinct()
                .sorted()
                .map(tier -> tier.id())
                .collect(Collectors.joining(", "));
        return tiers.isEmpty() ? "" : "; configured tiers: " + tiers;
    }

    /** Edits that turn one text into the other (Levenshtein 1966). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

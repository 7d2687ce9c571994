package dev.tierway.bootstrap.config;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model of a catalogue, as the configuration's keys would say it.
 *
 * @param facts what a {@code models} entry says of it, but for its id and replicas
 * @param offers who serves it
 */
record KnownModel(String id, Map<String, Node> facts, List<Offer> offers) {
    KnownModel {
        facts = new LinkedHashMap<>(facts);
        offers = List.copyOf(offers);
    }

    /**
     * One vendor's.
     *
     * @param name what the vendor calls the model
     * @param price null: unknown
     * @param until the last day the price is known to hold; null: until it changes
     * @param list the price list the price stands in
     */
    record Offer(
            String vendor,
            String name,
            Node.@Nullable Mapping price,
            @Nullable LocalDate until,
            String list) {
        boolean expired(LocalDate today) {
            return until != null && today.isAfter(until);
        }
    }

    @Nullable
    Offer by(String vendor) {
        for (Offer offer : offers) {
            if (offer.vendor.equals(vendor)) {
                return offer;
            }
        }
        return null;
    }
}

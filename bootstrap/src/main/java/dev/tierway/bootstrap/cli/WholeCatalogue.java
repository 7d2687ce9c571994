package dev.tierway.bootstrap.cli;

import dev.tierway.GatewayConfig;
import dev.tierway.ProviderConfig;
import dev.tierway.domain.catalogue.Replica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of {@code models: catalogue} on one provider.
 *
 * @param lists price lists its prices stand in
 * @param unpriced models whose price is unknown
 */
record WholeCatalogue(String provider, List<String> models, Set<String> lists, List<String> unpriced) {
    static List<WholeCatalogue> of(GatewayConfig config) {
        List<Replica> replicas = List.copyOf(config.catalogue().replicas());
        return config.providers().stream()
                .filter(ProviderConfig::wholeCatalogue)
                .map(provider -> of(
                        provider.id().value(),
                        replicas.stream()
                                .filter(replica -> replica.provider().equals(provider.id()))
                                .toList()))
                .toList();
    }

    private static WholeCatalogue of(String provider, List<Replica> replicas) {
        List<String> models = new ArrayList<>();
        Set<String> lists = new TreeSet<>();
        List<String> unpriced = new ArrayList<>();
        for (Replica replica : replicas) {
            models.add(replica.model().value());
            String list = replica.priceVersion();
            if (list != null) {
                lists.add(list);
            } else if (replica.price() == null) {
                unpriced.add(replica.model().value());
            }
        }
        return new WholeCatalogue(provider, models, lists, unpriced);
    }

    String words() {
        String prices = lists.isEmpty() ? "" : "; prices: " + String.join(", ", lists);
        String unknown = unpriced.isEmpty() ? "" : "; of unknown price: " + String.join(", ", unpriced);
        return provider + " serves " + models.size() + " models of the catalogue: " + String.join(", ", models) + prices
                + unknown;
    }

    Map<String, Object> document() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("provider", provider);
        json.put("models", models);
        json.put("price_lists", List.copyOf(lists));
        json.put("of_unknown_price", unpriced);
        return json;
    }
}

package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.Preset;
import dev.tierway.adapter.providers.Presets;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue: which vendors it knows, and their models.
 *
 * @param asOf the day its facts were gathered
 */
record KnownModels(String asOf, List<Vendor> vendors, List<KnownModel> models) {
    /**
     * How a provider of a vendor is told.
     *
     * @param kinds provider kinds that are this vendor's alone
     * @param hosts where it is reached
     * @param litellm its names in LiteLLM's price list
     */
    record Vendor(String id, List<String> kinds, List<String> hosts, List<String> litellm) {}

    KnownModels {
        vendors = List.copyOf(vendors);
        models = List.copyOf(models);
    }

    /** Whose account it is; null if nobody known. */
    @Nullable
    String vendorOf(String kind, @Nullable String baseUrl) {
        Preset preset = baseUrl == null ? Presets.find(kind) : null;
        URI usual = preset == null ? null : preset.baseUrl();
        String host = usual == null ? hostOf(baseUrl) : usual.getHost();
        for (Vendor vendor : vendors) {
            boolean there = host != null
                    && vendor.hosts.stream().anyMatch(known -> host.equals(known) || host.endsWith("." + known));
            if (there || vendor.kinds.contains(kind)) {
                return vendor.id;
            }
        }
        return null;
    }

    private static @Nullable String hostOf(@Nullable String baseUrl) {
        try {
            return baseUrl == null ? null : URI.create(baseUrl).getHost();
        } catch (IllegalArgumentException malformed) {
            return null; // reported where the address is read
        }
    }

    /** The vendor that LiteLLM's list calls so; null if nobody known. */
    @Nullable
    String vendorInLiteLlm(String name) {
        for (Vendor vendor : vendors) {
            if (vendor.litellm.contains(name)) {
                return vendor.id;
            }
        }
        return null;
    }

    /** What a vendor calls so; null if nothing known. */
    @Nullable
    KnownModel find(String vendor, String name) {
        for (KnownModel model : models) {
            KnownModel.Offer offer = model.by(vendor);
            if (offer != null && offer.name().equals(name)) {
                return model;
            }
        }
        return null;
    }

    @Nullable
    KnownModel get(String id) {
        for (KnownModel model : models) {
            if (model.id().equals(id)) {
                return model;
            }
        }
        return null;
    }

    /** For people: which providers have a catalogue. */
    String reach() {
        Set<String> kinds = new TreeSet<>();
        Set<String> hosts = new TreeSet<>();
        for (Vendor vendor : vendors) {
            kinds.addAll(vendor.kinds);
            hosts.addAll(vendor.hosts);
        }
        return "kind " + String.join(", ", kinds) + ", and providers at " + String.join(", ", hosts);
    }

    /** With other models laid over: one of the same id takes the place of the one here. */
    KnownModels with(List<KnownModel> others) {
        Map<String, KnownModel> all = new LinkedHashMap<>();
        models.forEach(model -> all.put(model.id(), model));
        others.forEach(model -> all.put(model.id(), model));
        return new KnownModels(asOf, vendors, List.copyOf(all.values()));
    }
}

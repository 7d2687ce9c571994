package dev.tierway.bootstrap.config;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes out {@code models: catalogue}: what the catalogue knows is laid under what the file says, key by key, so that
 * everything after this step sees one file.
 */
final class CatalogueModels {
    static final String WORD = "catalogue";
    private static final String MODELS = "models";
    private static final String REPLICAS = "replicas";
    private static final int MOST_NAMED = 10;

    /** A provider that serves all its vendor's models; {@code word} is where it says so. */
    private record Account(Node.Scalar id, String vendor, PlacedNodes word) {}

    private final Node.Mapping root;
    private final KnownModels known;
    private final boolean leaveOutUntiered;
    private final LocalDate today;
    private final Problems problems;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Set<String> untiered = new LinkedHashSet<>();

    CatalogueModels(
            Node.Mapping root, KnownModels known, boolean leaveOutUntiered, LocalDate today, Problems problems) {
        this.root = root;
        this.known = known;
        this.leaveOutUntiered = leaveOutUntiered;
        this.today = today;
        this.problems = problems;
    }

    /** The file with the catalogue's models in it. */
    Node.Mapping written() {
        root.items("providers").forEach(this::account);
        if (accounts.isEmpty() || !(root.values().getOrDefault(MODELS, none()) instanceof Node.Sequence written)) {
            return root;
        }
        List<Node> models = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Node item : written.items()) {
            Node.Scalar id = item instanceof Node.Mapping model ? model.text("id") : null;
            if (id != null && item instanceof Node.Mapping model && ids.add(id.text())) {
                models.add(completed(model, id.text()));
            } else {
                models.add(item);
            }
        }
        for (KnownModel model : known.models()) {
            Account first = firstOf(model);
            if (first != null && !ids.contains(model.id())) {
                add(model, first.word, models);
            }
        }
        reportUntiered();
        Node.Sequence all =
                new Node.Sequence(written.at(), written.path(), List.copyOf(models), written.size() + models.size());
        return PlacedNodes.with(root, MODELS, all);
    }

    private Node none() {
        return PlacedNodes.at(root).list(List.of());
    }

    private void account(Node.Mapping provider) {
        Node.Scalar word = provider.text(MODELS);
        Node.Scalar id = provider.text("id");
        Node.Scalar kind = provider.text("kind");
        if (word == null || !word.text().equals(WORD) || id == null || kind == null) {
            return;
        }
        Node.Scalar url = provider.text("base-url");
        String vendor = known.vendorOf(kind.text(), url == null ? null : url.text());
        if (vendor == null) {
            problems.error(
                    word,
                    "there is no catalogue for this provider; there is one for " + known.reach(),
                    "list what it serves under models, with this provider in their replicas");
        } else {
            accounts.put(id.text(), new Account(id, vendor, PlacedNodes.at(word)));
        }
    }

    private @Nullable Account firstOf(KnownModel model) {
        for (Account account : accounts.values()) {
            if (model.by(account.vendor) != null) {
                return account;
            }
        }
        return null;
    }

    /** A model of the file, with what the catalogue knows where the file says nothing. */
    private Node.Mapping completed(Node.Mapping model, String id) {
        List<Node> replicas = new ArrayList<>();
        Set<String> served = new LinkedHashSet<>();
        if (model.values().containsKey(REPLICAS) && !(model.values().get(REPLICAS) instanceof Node.Sequence)) {
            return model; // reported where it is read
        }
        if (model.values().get(REPLICAS) instanceof Node.Sequence list) {
            for (Node item : list.items()) {
                replicas.add(item instanceof Node.Mapping replica ? completedReplica(replica, id, served) : item);
            }
        }
        KnownModel mine = known.get(id);
        if (mine != null) {
            replicas.addAll(replicasOf(mine, served));
        }
        if (replicas.isEmpty()) {
            return model;
        }
        Account first = mine == null ? null : firstOf(mine);
        Map<String, Node> facts = new LinkedHashMap<>();
        if (mine != null && first != null) {
            mine.facts().forEach((key, value) -> facts.put(key, first.word.copy(value)));
        }
        Node place = model.values().getOrDefault(REPLICAS, model);
        return PlacedNodes.with(
                PlacedNodes.completed(model, facts),
                REPLICAS,
                PlacedNodes.at(place).list(replicas));
    }

    private Node completedReplica(Node.Mapping replica, String id, Set<String> served) {
        Node.Scalar provider = replica.text("provider");
        Account account = provider == null ? null : accounts.get(provider.text());
        if (account == null) {
            return replica;
        }
        served.add(account.id.text());
        Node.Scalar upstream = replica.text("upstream-model");
        KnownModel model = upstream == null ? known.get(id) : known.find(account.vendor, upstream.text());
        KnownModel.Offer offer = model == null ? null : model.by(account.vendor);
        return offer == null ? replica : PlacedNodes.completed(replica, facts(id, offer, account.word));
    }

    private List<Node> replicasOf(KnownModel model, Set<String> served) {
        List<Node> replicas = new ArrayList<>();
        for (Account account : accounts.values()) {
            KnownModel.Offer offer = model.by(account.vendor);
            if (offer != null && !served.contains(account.id.text())) {
                Map<String, Node> values = new LinkedHashMap<>();
                values.put("provider", account.word.copy(account.id));
                values.putAll(facts(model.id(), offer, account.word));
                replicas.add(account.word.mapping(values));
            }
        }
        return replicas;
    }

    private Map<String, Node> facts(String id, KnownModel.Offer offer, PlacedNodes place) {
        Map<String, Node> facts = new LinkedHashMap<>();
        if (!offer.name().equals(id)) {
            facts.put("upstream-model", place.text(offer.name()));
        }
        if (offer.price() != null && offer.expired(today)) {
            problems.warn(
                    place.text(WORD),
                    "the price the catalogue knows of '" + id + "' held until " + offer.until() + ": it is unknown now",
                    "write its price in a replica under models, or take a newer Tierway");
        } else if (offer.price() != null) {
            Node.Mapping price = (Node.Mapping) place.copy(offer.price());
            facts.put("price", PlacedNodes.with(price, "list", place.text(offer.list())));
        }
        return facts;
    }

    private void add(KnownModel model, PlacedNodes place, List<Node> models) {
        if (!model.facts().containsKey("tier")) {
            untiered.add(model.id());
            return;
        }
        Map<String, Node> values = new LinkedHashMap<>();
        values.put("id", place.text(model.id()));
        model.facts().forEach((key, value) -> values.put(key, place.copy(value)));
        values.put(REPLICAS, place.list(replicasOf(model, Set.of())));
        models.add(place.mapping(values));
    }

    private void reportUntiered() {
        if (untiered.isEmpty()) {
            return;
        }
        List<String> named = untiered.stream().limit(MOST_NAMED).toList();
        int more = untiered.size() - named.size();
        String which = String.join(", ", named) + (more > 0 ? " and " + more + " more" : "");
        Node place = root.values().getOrDefault(WORD, root);
        if (leaveOutUntiered) {
            problems.warn(place, untiered.size() + " imported models have no tier and are left out: " + which, null);
        } else {
            problems.error(
                    place,
                    untiered.size() + " imported models have no tier: " + which,
                    "give them one in catalogue.tiers, or leave them out: without-tier: leave-out");
        }
    }
}

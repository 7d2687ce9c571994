package dev.tierway.bootstrap.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The catalogue that ships: {@code catalogue.yaml}, read when it is first needed. */
final class ShippedCatalogue {
    static final String FILE = "/dev/tierway/catalogue.yaml";

    private ShippedCatalogue() {}

    private static final class Once {
        static final KnownModels READ = read();
    }

    static KnownModels get() {
        return Once.READ;
    }

    private static KnownModels read() {
        Problems problems = new Problems(FILE);
        Node node = DocumentReader.read(
                new Source(FILE, text(), false, Path.of(""), null), new Placeholders(Map.of(), Path.of("")), problems);
        if (!(node instanceof Node.Mapping root) || problems.hasErrors()) {
            throw new IllegalStateException("the catalogue that ships is broken: " + problems.all());
        }
        String asOf = needed(root, "as-of");
        List<KnownModels.Vendor> vendors = root.items("vendors").stream()
                .map(vendor -> new KnownModels.Vendor(
                        needed(vendor, "id"), texts(vendor, "kinds"), texts(vendor, "hosts"), texts(vendor, "litellm")))
                .toList();
        List<KnownModel> models = root.items("models").stream()
                .map(model -> model(model, "catalogue:" + asOf))
                .toList();
        return new KnownModels(asOf, vendors, models);
    }

    private static KnownModel model(Node.Mapping model, String list) {
        String id = needed(model, "id");
        Map<String, Node> facts = new LinkedHashMap<>(model.values());
        facts.remove("id");
        facts.remove("served-by");
        List<KnownModel.Offer> offers = new ArrayList<>();
        for (Node.Mapping offer : model.items("served-by")) {
            Node.Scalar name = offer.text("name");
            Node.Scalar until = offer.text("until");
            offers.add(new KnownModel.Offer(
                    needed(offer, "vendor"),
                    name == null ? id : name.text(),
                    (Node.Mapping) offer.values().get("price"),
                    until == null ? null : LocalDate.parse(until.text()),
                    list));
        }
        return new KnownModel(id, facts, offers);
    }

    private static String needed(Node.Mapping node, String key) {
        Node.@Nullable Scalar text = node.text(key);
        return Objects.requireNonNull(text, () -> node.path() + " lacks " + key).text();
    }

    private static List<String> texts(Node.Mapping node, String key) {
        return node.values().get(key) instanceof Node.Sequence list
                ? list.items().stream().map(one -> ((Node.Scalar) one).text()).toList()
                : List.of();
    }

    private static String text() {
        try (InputStream in = ShippedCatalogue.class.getResourceAsStream(FILE)) {
            return new String(
                    Objects.requireNonNull(in, "the jar lacks " + FILE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("can't read " + FILE, e);
        }
    }
}

package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tierway.GatewayConfig;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.money.Price;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The facts themselves can't be tested; that they are whole, dated and plausible can. */
final class ShippedCatalogueTest {
    private static JsonNode file() throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readTree(ShippedCatalogueTest.class.getResource(ShippedCatalogue.FILE));
    }

    @Test
    void every_fact_is_dated_and_has_its_source() throws IOException {
        LocalDate asOf = LocalDate.parse(file().path("as-of").asText());
        for (JsonNode model : file().path("models")) {
            assertThat(model.path("served-by")).isNotEmpty();
            for (JsonNode offer : model.path("served-by")) {
                assertThat(offer.path("source").asText()).startsWith("https://");
                assertThat(LocalDate.parse(offer.path("checked").asText())).isBeforeOrEqualTo(asOf);
                Set<String> fields = new HashSet<>();
                offer.fieldNames().forEachRemaining(fields::add);
                assertThat(fields).isSubsetOf("vendor", "name", "price", "until", "source", "checked");
            }
        }
    }

    @Test
    void no_model_and_no_name_of_a_vendor_is_there_twice() {
        Set<String> names = new HashSet<>();
        for (KnownModel model : ShippedCatalogue.get().models()) {
            assertThat(names.add(model.id())).as(model.id()).isTrue();
            for (KnownModel.Offer offer : model.offers()) {
                assertThat(names.add(offer.vendor() + " " + offer.name()))
                        .as(offer.name())
                        .isTrue();
            }
        }
    }

    @Test
    void every_vendor_can_be_used_whole_and_its_prices_are_plausible() {
        List<String> offered = new ArrayList<>();
        for (KnownModels.Vendor vendor : ShippedCatalogue.get().vendors()) {
            GatewayConfig config = Configs.parsed("providers: [{ id: p, kind: openai-compatible, base-url: \"https://"
                    + vendor.hosts().getFirst() + "/v1\", models: catalogue }]");
            for (Replica replica : config.catalogue().replicas()) {
                offered.add(vendor.id() + " " + replica.upstreamModel());
                plausible(replica);
            }
        }
        assertThat(offered)
                .hasSize(ShippedCatalogue.get().models().stream()
                        .mapToInt(model -> model.offers().size())
                        .sum());
    }

    /** Between a cent and a hundred dollars per million tokens; cached input and short prompts are never dearer. */
    private static void plausible(Replica replica) {
        Price price = replica.price();
        if (price != null) {
            assertThat(price.input()).as(replica.upstreamModel()).isBetween(10_000L, 100_000_000L);
            assertThat(price.output()).as(replica.upstreamModel()).isBetween(price.input(), 20 * price.input());
            if (price.cachedInput() != null) {
                assertThat(price.cachedInput()).as(replica.upstreamModel()).isBetween(1L, price.input());
            }
            if (price.longPrompt() != null) {
                assertThat(price.longPrompt().price().input()).isGreaterThanOrEqualTo(price.input());
                assertThat(price.longPrompt().price().output()).isGreaterThanOrEqualTo(price.output());
            }
        }
    }

    @Test
    void a_vendor_is_told_by_its_kind_or_host_and_not_by_what_looks_like_it() {
        KnownModels known = ShippedCatalogue.get();

        assertThat(known.vendorOf("openai", null)).isEqualTo("openai");
        assertThat(known.vendorOf("openai-compatible", "https://eu.api.openai.com/v1"))
                .isEqualTo("openai");
        assertThat(known.vendorOf("openai-compatible", "https://api.groq.com/openai/v1"))
                .isEqualTo("groq");
        assertThat(known.vendorOf("openai-compatible", "https://notapi.groq.com/v1"))
                .isNull();
        assertThat(known.vendorOf("openai-compatible", "https://api.groq.com.evil.example/v1"))
                .isNull();
        assertThat(known.vendorOf("openai-compatible", "http://[broken")).isNull();
        assertThat(known.vendorOf("simulated", null)).isNull();
    }
}

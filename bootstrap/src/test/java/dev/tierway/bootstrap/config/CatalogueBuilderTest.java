package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Dialects;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Provider;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomain;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueBuilderTest {
    private static final String CONFIG = """
        providers:
          - { id: account, kind: openai, api-key: k, name: Our account, quota: { requests-per-minute: 10, concurrency: 3 },
              quota-domain: org, timeouts: { first-token: 9s, idle: 8s }, circuit: { failures: 7 } }
          - { id: box, kind: openai-compatible, base-url: "http://localhost:1/v1", local: true }
        quota-domains:
          - { id: org, tokens-per-minute: 1000, requests-per-day: 3, share: 29% }
          - { id: tiny, concurrency: 1, share: 1% }
        models:
          - id: m
            tier: mid
            use-cases: [chat, code]
            capabilities: [json]
            replicas:
              - { provider: account, upstream-model: vendors-m, timeouts: { idle: 7s }, quota-domain: tiny,
                  price: { input: 3.00, output: 15.00, cached-input: 0.30, cache-write: 3.75 } }
              - { provider: box, phase: standby, weight: 0, priority: 5, tags: [eu], region: here, concurrency: 2 }
              - { provider: box, id: second, price: { input: 1, output: 2 } }
          - { id: n, tier: micro, use-cases: [chat], streaming: false, replicas: [{ provider: account }] }
        routing:
          timeouts: { total: 99s, idle: 50s }
          circuit: { failures: 4, minimum: 9 }
        """;

    private final Catalogue catalogue = Configs.parsed(CONFIG).catalogue();

    private Replica replica(String id) {
        return catalogue.replica(new ReplicaId(id));
    }

    @Test
    void a_replica_is_called_after_its_provider_and_model_unless_it_has_an_id() {
        assertThat(catalogue.replicas())
                .extracting(replica -> replica.id().value())
                .containsExactly("account/m", "box/m", "second", "account/n");
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, claude-opus-4-7, true",
        "anthropic, claude-opus-4-6, false",
        "bedrock, eu.anthropic.claude-opus-4-7-v1:0, true",
        "bedrock, amazon.nova-pro-v1:0, false"
    })
    void models_nobody_listed_are_spoken_to_as_their_names_say(String kind, String model, boolean lacks) {
        Catalogue unlisted = Configs.parsed(
                        """
                        providers: [ { id: p, kind: %s, api-key: k, passthrough: true %s } ]
                        models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: p } ] } ]
                        """.formatted(kind, kind.equals("bedrock") ? ", aws: { region: eu-central-1 }" : ""))
                .catalogue();
        ReplicaRegistry registry = new ReplicaRegistry(unlisted);
        Replica replica = unlisted.unlisted("p/" + model);

        assertThat(registry.dialect(replica).lacks().contains(Construct.TEMPERATURE))
                .isEqualTo(lacks);
    }

    @ParameterizedTest
    @CsvSource({"'', BY_MODEL", "learn: models, BY_MODEL", "learn: headers, BY_DOMAIN", "learn: off, BY_NOBODY"})
    void a_domain_says_whose_the_limits_are_that_a_vendor_tells_of(String learn, QuotaDomain.Heard heard) {
        Catalogue learning = Configs.parsed(CONFIG.replace("share: 1% }", "share: 1%, " + learn + " }"))
                .catalogue();

        assertThat(learning.quotaDomain(new QuotaDomainId("tiny")).heard()).isEqualTo(heard);
        assertThat(learning.quotaDomain(new QuotaDomainId("org")).heard()).isEqualTo(QuotaDomain.Heard.BY_MODEL);
    }

    @Test
    void the_upstream_model_is_the_models_id_unless_it_has_another_name() {
        assertThat(replica("account/m").upstreamModel()).isEqualTo("vendors-m");
        assertThat(replica("box/m").upstreamModel()).isEqualTo("m");
    }

    @Test
    void the_nearest_level_that_says_something_wins() {
        Replica replica = replica("account/m");

        assertThat(replica.timeouts().idle()).isEqualTo(Duration.ofSeconds(7));
        assertThat(replica.timeouts().firstToken()).isEqualTo(Duration.ofSeconds(9));
        assertThat(replica.timeouts().total()).isEqualTo(Duration.ofSeconds(99));
        assertThat(replica.timeouts().connect()).isEqualTo(Duration.ofSeconds(2));
        assertThat(replica.circuit().failures()).isEqualTo(7);
        assertThat(replica.circuit().minimum()).isEqualTo(9);
        assertThat(replica("box/m").circuit().failures()).isEqualTo(4);
    }

    @Test
    void an_unknown_price_is_unknown_and_free_only_at_home() {
        Replica priced = replica("account/m");
        assertThat(priced.price())
                .isEqualTo(new Price(3_000_000, 15_000_000, 300_000L, 3_750_000L).in(priced.priceVersion()));
        assertThat(replica("account/n").price()).isNull();
        assertThat(replica("box/m").price()).isEqualTo(Price.FREE);
        Replica second = replica("second");
        assertThat(second.price()).isEqualTo(Price.usdPerMillion("1", "2").in(second.priceVersion()));
    }

    @Test
    void a_price_is_named_by_what_it_says_so_that_ledgers_of_all_instances_agree() {
        assertThat(replica("account/m").priceVersion())
                .matches("config:[0-9a-f]{8}")
                .isNotEqualTo(replica("second").priceVersion())
                .isEqualTo(Configs.parsed(CONFIG)
                        .catalogue()
                        .replica(new ReplicaId("account/m"))
                        .priceVersion());
        assertThat(replica("account/n").priceVersion()).isNull();
        assertThat(replica("box/m").priceVersion()).isNull();
    }

    @Test
    void a_replica_joins_its_accounts_quota_and_both_shared_domains() {
        assertThat(replica("account/m").quotaDomains())
                .extracting(QuotaDomainId::value)
                .containsExactly("account", "org", "tiny");
        assertThat(replica("account/n").quotaDomains())
                .extracting(QuotaDomainId::value)
                .containsExactly("account", "org");
        assertThat(replica("box/m").quotaDomains()).isEmpty();
    }

    @Test
    void a_share_of_a_limit_is_rounded_down_but_never_to_nothing() {
        assertThat(catalogue.quotaDomain(new QuotaDomainId("account")).limits())
                .containsExactly(Limit.per(Dimension.REQUESTS, 10, Duration.ofMinutes(1)), Limit.concurrency(3));
        assertThat(catalogue.quotaDomain(new QuotaDomainId("org")).limits())
                .containsExactly(
                        Limit.per(Dimension.REQUESTS, 1, Duration.ofDays(1)),
                        Limit.per(Dimension.TOKENS, 290, Duration.ofMinutes(1)));
        assertThat(catalogue.quotaDomain(new QuotaDomainId("tiny")).limits()).containsExactly(Limit.concurrency(1));
    }

    @Test
    void the_rest_arrives_as_written() {
        Replica replica = replica("box/m");

        assertThat(replica.local()).isTrue();
        assertThat(replica.phase()).isEqualTo(Phase.STANDBY);
        assertThat(replica.weight()).isZero();
        assertThat(replica.priority()).isEqualTo(5);
        assertThat(replica.tags()).containsExactly("eu");
        assertThat(replica.region()).isEqualTo("here");
        assertThat(replica.concurrency()).isEqualTo(2);
        assertThat(catalogue.provider(new ProviderId("account")))
                .usingRecursiveComparison()
                .ignoringFields("reach", "byModel")
                .isEqualTo(new Provider(
                        new ProviderId("account"), "openai", false, false, "Our account", Dialects.of("openai")));
        assertThat(catalogue.provider(new ProviderId("box")).displayName()).isEqualTo("box");
    }

    @Test
    void streaming_is_assumed_unless_denied() {
        assertThat(catalogue.model(new ModelId("m")).capabilities())
                .containsExactlyInAnyOrder(Capability.JSON, Capability.STREAMING);
        assertThat(catalogue.model(new ModelId("n")).capabilities()).isEmpty();
    }
}

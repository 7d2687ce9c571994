package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.CircuitConfig;
import dev.tierway.GatewayConfig;
import dev.tierway.ServerConfig;
import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.lease.ShareOptions;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.routing.RoutingPolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GatewayConfigTest {
    @Test
    void what_is_not_written_has_the_documented_defaults() {
        GatewayConfig config = Configs.parsed(Configs.SMALLEST);

        assertThat(config.policy()).isEqualTo(RoutingPolicy.DEFAULTS);
        assertThat(config.routing().circuit()).isEqualTo(CircuitSettings.DEFAULTS);
        assertThat(config.storage()).isEqualTo(StorageConfig.IN_MEMORY);
        assertThat(config.server()).isEqualTo(ServerConfig.DEFAULTS);
        assertThat(config.auth().adminToken()).isNull();
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void a_section_left_empty_is_as_one_left_out() {
        GatewayConfig config = Configs.parsed(Configs.SMALLEST + """
            routing: { weights: {}, local-bonus: {}, spillover: {}, timeouts: {}, circuit: {} }
            storage: { ledger: {}, quota: {} }
            server: { admin: {}, limits: {} }
            auth: {}
            routes: {}
            quota-domains: []
            """);

        assertThat(config.withText(null))
                .isEqualTo(Configs.parsed(Configs.SMALLEST).withText(null));
    }

    @Test
    void the_defaults_the_reference_shows_for_clocks_and_circuits_are_the_domains() {
        StringBuilder timeouts = new StringBuilder();
        TimeoutsSection.OF_CALL.keys().forEach(key -> timeouts.append(key.name() + ": " + key.shownDefault() + ", "));
        StringBuilder circuit = new StringBuilder();
        CircuitSection.SECTION.keys().forEach(key -> circuit.append(key.name() + ": " + key.shownDefault() + ", "));

        GatewayConfig config = Configs.parsed(
                Configs.SMALLEST + "routing: { timeouts: { " + timeouts + " }, circuit: { " + circuit + " } }");

        assertThat(config.policy().timeouts()).isEqualTo(Timeouts.DEFAULTS);
        assertThat(config.routing().circuit()).isEqualTo(CircuitSettings.DEFAULTS);
    }

    @Test
    void sqlite_brings_its_file_and_the_embedded_quota_store() {
        StorageConfig storage = Configs.parsed(Configs.SMALLEST + "storage: { ledger: { store: sqlite } }")
                .storage();

        assertThat(storage)
                .isEqualTo(new StorageConfig(
                        StorageConfig.Ledger.SQLITE, Path.of("data/tierway.db"), StorageConfig.Quota.EMBEDDED));
    }

    @Test
    void redis_is_known_by_its_address_and_its_password_is_not_shown() {
        StorageConfig storage = Configs.parsed(Configs.SMALLEST
                        + "storage: { quota: { store: redis, url: \"rediss://u:canary@h\", timeout: 1s,"
                        + " key-prefix: eu } }")
                .storage();

        assertThat(storage.quota()).isEqualTo(StorageConfig.Quota.REDIS);
        assertThat(storage.redis()).isEqualTo(new RedisOptions("rediss://u:canary@h", Duration.ofSeconds(1), "eu"));
        assertThat(storage.toString()).doesNotContain("canary").contains("h:6379");
    }

    @Test
    void shares_of_limits_are_leased_from_a_store_that_others_use_too() {
        StorageConfig storage = Configs.parsed(Configs.SMALLEST
                        + "storage: { quota: { store: redis, url: \"redis://h\", shares: { size: 2% } } }")
                .storage();

        assertThat(storage.shares()).isEqualTo(new ShareOptions(0.02, Duration.ofSeconds(1)));
    }

    @Test
    void how_much_of_the_ledger_is_kept_can_be_said() {
        StorageConfig told = Configs.parsed(
                        Configs.SMALLEST + "storage: { ledger: { store: sqlite, retention: { rows: 5, age: 90d } } }")
                .storage();
        StorageConfig half = Configs.parsed(Configs.SMALLEST + "storage: { ledger: { retention: { age: 12h } } }")
                .storage();

        assertThat(told.ledgerKept()).isEqualTo(new StorageConfig.Kept(5, Duration.ofDays(90)));
        assertThat(half.ledgerKept()).isEqualTo(new StorageConfig.Kept(10_000, Duration.ofHours(12)));
    }

    @Test
    void latency_value_stands_in_for_optimize() {
        assertThat(Configs.parsed(Configs.SMALLEST + "routing: { latency-value: 0.005 }")
                        .policy()
                        .latencyValueUsdPerSecond())
                .isEqualTo(0.005);
        assertThat(Configs.parsed(Configs.SMALLEST + "routing: { optimize: cost }")
                        .policy()
                        .latencyValueUsdPerSecond())
                .isZero();
    }

    @Test
    void warnings_come_with_the_configuration() {
        GatewayConfig config = Configs.parsed(Configs.SMALLEST + "routes: { a: tier:micro/chat }");

        assertThat(config.warnings())
                .singleElement()
                .asString()
                .contains("no model of tier micro serves use case chat");
    }

    @Test
    void everything_written_arrives() {
        GatewayConfig config = Configs.parsed(Configs.everything());

        assertThat(config.warnings()).isEmpty();
        assertThat(config.providers().getFirst().apiKey().reveal()).isEqualTo("canary-vendor-key");
        assertThat(config.providers().getFirst().settings().headers()).containsEntry("x-team", "canary-team-header");
        assertThat(config.auth().adminToken().reveal()).isEqualTo("canary-admin-token");
        assertThat(config.server().port()).isEqualTo(9000);
        assertThat(config.providers().getFirst().circuit())
                .isEqualTo(new CircuitConfig(9, null, null, null, null, null, null, null));
    }
}

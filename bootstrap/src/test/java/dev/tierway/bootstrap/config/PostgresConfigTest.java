package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.StorageConfig;
import dev.tierway.StorageConfig.Ledger;
import dev.tierway.StorageConfig.Quota;
import dev.tierway.StorageConfig.Server;
import dev.tierway.adapter.providers.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stores on a PostgreSQL. */
final class PostgresConfigTest {
    private static final String URL = "url: \"postgresql://db/tierway\"";

    private static StorageConfig storage(String text) {
        return Configs.parsed(Configs.SMALLEST + text).storage();
    }

    @Test
    void limits_are_kept_where_the_ledger_is_unless_somebody_says_otherwise() {
        StorageConfig storage = storage("storage: { ledger: { store: postgresql, " + URL
                + ", user: tierway, password: \"${ADMIN_TOKEN}\", pool-size: 20 } }");

        Server server = new Server("postgresql://db/tierway", "tierway", new Secret("canary-admin-token"), 20, null);
        assertThat(storage.ledger()).isEqualTo(Ledger.POSTGRESQL);
        assertThat(storage.ledgerServer()).isEqualTo(server);
        assertThat(storage.ledgerPath()).isNull();
        assertThat(storage.quota()).isEqualTo(Quota.POSTGRESQL);
        assertThat(storage.quotaServer()).isEqualTo(server);
    }

    @Test
    void limits_on_a_server_of_their_own_may_have_their_own_patience() {
        StorageConfig apart = storage(
                "storage: { ledger: { store: sqlite }, quota: { store: postgresql, timeout: 20s, " + URL + " } }");

        assertThat(apart.quotaServer())
                .isEqualTo(new Server("postgresql://db/tierway", null, null, 10, Duration.ofSeconds(20)));
    }

    @Test
    void limits_may_be_on_a_server_of_their_own_or_in_memory() {
        StorageConfig apart =
                storage("storage: { ledger: { store: sqlite }, quota: { store: postgresql, " + URL + " } }");
        StorageConfig inMemory =
                storage("storage: { ledger: { store: postgresql, " + URL + " }, quota: { store: memory } }");

        assertThat(apart.quotaServer()).isEqualTo(new Server("postgresql://db/tierway", null, null, 10, null));
        assertThat(inMemory.quota()).isEqualTo(Quota.MEMORY);
        assertThat(inMemory.quotaServer()).isNull();
    }

    @Test
    void what_is_missing_or_means_nothing_is_said() {
        assertThat(Configs.problemsOf("storage: { ledger: { store: postgresql } }"))
                .containsExactly("3:29: storage.ledger.store: store 'postgresql' needs a url;"
                        + " write url: \"postgresql://host:5432/database\"");
        assertThat(Configs.problemsOf("storage: { quota: { store: postgresql } }"))
                .containsExactly("3:19: storage.quota: store 'postgresql' needs a url, since the ledger has none;"
                        + " write url: \"postgresql://host:5432/database\"");
        assertThat(Configs.problemsOf("storage: { ledger: { store: memory, " + URL + " } }"))
                .singleElement()
                .asString()
                .endsWith("storage.ledger.url: means something with store 'postgresql' only;"
                        + " write store: postgresql, or remove it");
        assertThat(Configs.problemsOf("storage: { ledger: { store: postgresql, " + URL + " }, quota: { user: me } }"))
                .singleElement()
                .asString()
                .endsWith("storage.quota.user: means something with store 'postgresql' only;"
                        + " write store: postgresql, or remove it");
        assertThat(Configs.problemsOf("storage: { quota: { store: postgresql, url: \"redis://db\" } }"))
                .singleElement()
                .asString()
                .contains("is not a PostgreSQL URL");
    }

    @Test
    void a_password_in_the_url_is_refused_and_not_repeated() {
        List<String> problems = Configs.problemsOf(
                "storage: { ledger: { store: postgresql, url: \"postgresql://me:canary@db/tierway\" } }");

        assertThat(problems)
                .singleElement()
                .asString()
                .contains("holds a user or a password")
                .doesNotContain("canary");
    }

    @Test
    void what_is_shown_has_no_password() {
        String shown = Configs.parsed(Configs.SMALLEST + "storage: { ledger: { store: postgresql, " + URL
                        + ", user: tierway, password: \"${ADMIN_TOKEN}\" } }")
                .toRedactedMap()
                .toString();

        assertThat(shown)
                .contains("url=postgresql://db/tierway", "user=tierway")
                .doesNotContain("canary");
    }
}

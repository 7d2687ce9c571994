package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API keys from the command line. */
final class KeysIT {
    private static final String CONFIG = """
        providers:
          - { id: west, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west } ] }
        auth: { mode: keys, admin-token: a-token-that-is-long }
        server: { port: 0, admin: { port: 0 } }
        """;

    @TempDir
    Path folder;

    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = Gateway.start(GatewayConfig.parse(CONFIG, Map.of()));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Terminal terminal() {
        return new Terminal(folder)
                .with("TIERWAY_URL", "http://127.0.0.1:" + gateway.adminPort())
                .with("TIERWAY_API_URL", "http://127.0.0.1:" + gateway.apiPort())
                .with("TIERWAY_ADMIN_TOKEN", "a-token-that-is-long")
                .with("USER", "ann");
    }

    @Test
    void a_key_is_made_with_its_secret_alone_on_standard_output_and_calls() {
        Terminal.Result made = terminal()
                .run(
                        "keys",
                        "create",
                        "search-team",
                        "--scopes",
                        "call,explain",
                        "--allow",
                        "tier=mid",
                        "--allow",
                        "model=writer",
                        "--fix",
                        "tag.team=search",
                        "--limit",
                        "requests-per-minute=600",
                        "--for",
                        "90d",
                        "--note",
                        "for search");

        assertThat(made.status()).as(made.err()).isZero();
        assertThat(made.out()).matches("sk-tw-[A-Za-z0-9_-]{43}\\n");
        assertThat(made.err())
                .contains("key 'search-team' has this secret")
                .contains("mind: storage.ledger is memory")
                .doesNotContain(made.out().strip());

        Terminal.Result call =
                terminal().with("TIERWAY_API_KEY", made.out().strip()).run("call", "--model", "writer", "hello");
        assertThat(call.status()).as(call.err()).isZero();
        Terminal.Result refused = terminal().run("call", "--model", "writer", "hello");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("set TIERWAY_API_KEY");

        assertThat(terminal().type("keys list").out())
                .containsPattern("search-team +active +call,explain +tiers=mid models=writer +team=search"
                        + " +requests-per-minute=600 +….... +2")
                .doesNotContain(made.out().strip());
    }

    @Test
    void an_old_secret_is_brought_along_on_standard_input_only() {
        Terminal.Result made = terminal()
                .piping("our-old-secret-12345\n")
                .type("keys create legacy --scopes call,explain --secret-stdin");

        assertThat(made.status()).as(made.err()).isZero();
        assertThat(made.out()).isEmpty();
        assertThat(made.err()).contains("has the secret that was given").doesNotContain("our-old-secret");
        assertThat(terminal()
                        .with("TIERWAY_API_KEY", "our-old-secret-12345")
                        .run("call", "--model", "writer", "hello")
                        .status())
                .isZero();
        assertThat(terminal().type("keys create other --secret-stdin").err())
                .contains("Standard input holds no secret");
    }

    @Test
    void a_key_is_rotated_and_revoked() {
        String old = terminal().type("keys create team").out().strip();
        JsonNode rotated =
                terminal().type("keys rotate team --overlap 24h --format json").json();
        assertThat(rotated.path("secret").asText()).startsWith("sk-tw-").isNotEqualTo(old);
        assertThat(rotated.path("key").path("secrets")).hasSize(2);

        Terminal.Result revoked = terminal().run("keys", "revoke", "team", "--reason", "left the company");
        assertThat(revoked.out()).isEqualTo("key 'team' is revoked.\n");
        assertThat(terminal().type("keys list --format yaml").out()).contains("state: revoked");
        assertThat(terminal().type("keys revoke team").err()).contains("is revoked, for ever");
    }

    @Test
    void what_is_typed_wrong_is_exit_2_and_what_is_refused_exit_1() {
        assertThat(terminal().type("keys").status()).isEqualTo(2);
        assertThat(terminal().type("keys create").status()).isEqualTo(2);
        assertThat(terminal().type("keys create x --allow colour=red").status()).isEqualTo(2);
        assertThat(terminal().type("keys create x --scopes everything").err()).contains("scopes are call, explain");
        assertThat(terminal().type("keys create Team").status()).isEqualTo(1);
        assertThat(terminal().type("keys rotate nobody").err()).contains("no key 'nobody'");
    }
}

package dev.tierway.bootstrap.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What needs a restart is said, here and on the page. */
class FixedSettingsTest {
    private static final String CONFIG = """
        providers: [ { id: p, kind: simulated } ]
        models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: p } ] } ]
        """;

    private final FixedSettings fixed = new FixedSettings();

    private static GatewayConfig config(String more) {
        return GatewayConfig.parse(CONFIG + more, Map.of());
    }

    @Test
    void what_the_page_says_needs_a_restart_does() throws IOException {
        String page = Files.readString(Path.of("../docs/how-to/reload.md"));
        String table = page.substring(page.indexOf("## What needs a restart"), page.indexOf("## Watching"));

        assertThat(fixed.keys())
                .contains("server", "storage", "auth", "agents.checkpoints", "tools", "budgets.time-zone")
                .doesNotContain("providers", "models", "routes", "rules", "routing", "quota-domains");
        assertThat(table)
                .contains("`server`", "`storage`", "`auth`", "`agents.checkpoints`", "`tools`", "`budgets.time-zone`");
    }

    @Test
    void what_an_instance_takes_on_follows_and_kept_replies_and_traces_do_not() {
        assertThat(fixed.prepare(config(""), config("overload: { max-calls: 7, low: [batch] }\n")))
                .isSameAs(Reloadable.Change.NONE);
        assertThatThrownBy(() -> fixed.prepare(config(""), config("idempotency: { keep: 1h }\n")))
                .hasMessageContaining("'idempotency'");
        assertThatThrownBy(() -> fixed.prepare(
                        config(""), config("observability: { traces: { endpoint: \"http://h:4318\" } }\n")))
                .hasMessageContaining("'observability'");
    }

    @Test
    void a_secret_that_changes_is_named_by_its_section_only() {
        assertThatThrownBy(() -> fixed.prepare(
                        config("auth: { mode: none, admin-token: canary-1 }\n"),
                        config("auth: { mode: none, admin-token: canary-2 }\n")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("'auth'")
                .hasMessageContaining("restart it")
                .hasMessageNotContaining("canary");
    }

    @Test
    void what_says_when_to_read_again_may_change() {
        assertThat(fixed.prepare(config(""), config("server: { reload: { watch: on, every: 9s } }\n")))
                .isSameAs(Reloadable.Change.NONE);
    }
}

package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.McpServerConfig;
import dev.tierway.adapter.tools.McpServer;
import dev.tierway.application.toolaccess.ToolLimit;
import dev.tierway.application.toolaccess.ToolPattern;
import dev.tierway.application.toolaccess.ToolPolicy;
import dev.tierway.application.toolaccess.ToolRules;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code agents} and {@code tools} as they are written, and what is wrong with them. */
final class AgentsConfigTest {
    @Test
    void tools_and_checkpoints_load_as_they_are_written() {
        GatewayConfig config = Configs.parsed(Configs.SMALLEST + """
            agents:
              checkpoints: on
              tools: { default: allow, deny: ["shell.*"], called: fail, agents: { ann: { allow: [read] } }, limits: [ { id: reading, tool: read, uses-per-minute: 3 } ] }
            """);

        assertThat(config.agents().checkpoints().enabled()).isTrue();
        assertThat(config.agents().tools())
                .isEqualTo(new ToolRules(
                        new ToolPolicy(true, List.of(), List.of(new ToolPattern("shell.*"))),
                        Map.of("ann", new ToolPolicy(null, List.of(new ToolPattern("read")), List.of())),
                        ToolRules.WhenOffered.REMOVE,
                        ToolRules.WhenCalled.FAIL,
                        List.of(new ToolLimit(
                                "reading",
                                new ToolPattern("read"),
                                false,
                                List.of(Limit.per(Dimension.REQUESTS, 3, Duration.ofMinutes(1)))))));
    }

    @Test
    void without_them_nothing_is_kept_and_nobody_is_denied() {
        GatewayConfig config = Configs.parsed(Configs.SMALLEST);

        assertThat(config.agents().checkpoints().enabled()).isFalse();
        assertThat(config.agents().tools().allowAll()).isTrue();
        assertThat(config.mcpServers()).isEmpty();
        assertThat(config.toRedactedMap()).doesNotContainKeys("agents", "tools");
    }

    @Test
    void a_server_is_a_program_with_its_environment_or_an_address_with_its_headers_and_shows_no_secret() {
        GatewayConfig config = Configs.parsed(Configs.SMALLEST + """
            tools: { mcp: [ { id: box, command: [run, --key=canary-argument], env: { KEY: canary-value } }, { id: far, url: "https://x/mcp", headers: { authorization: canary-header } } ] }
            """);

        assertThat(config.mcpServers())
                .extracting(server -> server.server().reach())
                .containsExactly(
                        new McpServer.Reach.Process(
                                List.of("run", "--key=canary-argument"), Map.of("KEY", "canary-value")),
                        new McpServer.Reach.Http("https://x/mcp", Map.of("authorization", "canary-header")));
        assertThat(config.mcpServers()).extracting(McpServerConfig::timeout).containsOnly(Duration.ofSeconds(60));
        assertThat(config.toRedactedMap().toString())
                .contains("box", "KEY", "https://x/mcp")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tools: { mcp: [ { id: box } ] } | one of",
                "tools: { mcp: [ { id: box, command: [a], url: \"https://x/mcp\" } ] } | command",
                "tools: { mcp: [ { id: box, url: \"https://x/mcp\", env: { A: b } } ] } | means something with a"
                        + " command only",
                "tools: { mcp: [ { id: box, command: [a], headers: { A: b } } ] } | means something with an url only",
                "tools: { mcp: [ { id: box, command: [a] }, { id: box, command: [b] } ] } | two servers have the id"
                        + " 'box'",
                "tools: { mcp: [ { id: a.b, command: [a] } ] } | is not a server's id",
                "agents: { tools: { limits: [ { id: a, tool: x } ] } } | has no limit",
                "agents: { tools: { limits: [ { id: a, tool: x, uses-per-day: 1 }, { id: a, tool: y, uses-per-day: 1 }"
                        + " ] } } | two limits have the id 'a'",
                "agents: { tools: { default: maybe } } | default",
                "agents: { toolz: {} } | did you mean 'tools'",
                "agents: { checkpoints: sometimes } | must be on or off",
            })
    void what_is_wrong_is_told(String text, String words) {
        assertThat(Configs.problemsOf(text).toString()).contains(words);
    }
}

package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.GatewayConfig;
import dev.tierway.PluginConfig;
import dev.tierway.Tierway;
import dev.tierway.application.plugin.OnError;
import dev.tierway.application.plugin.builtin.PiiKind;
import dev.tierway.domain.call.PluginStage;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code plugins} and {@code events}: what is read, and what is refused with which words. */
class PluginConfigTest {
    private static List<PluginConfig> plugins(String more) {
        return GatewayConfig.parse(Configs.SMALLEST + more, Map.of()).plugins();
    }

    @Test
    void what_is_not_said_is_as_the_kind_says() {
        PluginConfig plugin = plugins("plugins: [{ name: pii-redaction }]\n").getFirst();

        assertThat(plugin.id()).isEqualTo("pii-redaction");
        assertThat(plugin.enabled()).isTrue();
        assertThat(plugin.stages()).isEmpty();
        assertThat(plugin.onError()).isNull();
        assertThat(plugin.timeout()).hasSeconds(5);
        assertThat(plugin.settings())
                .isEqualTo(new PluginConfig.PiiRedaction(EnumSet.allOf(PiiKind.class), Map.of(), false));
    }

    @Test
    void what_is_said_is_read() {
        PluginConfig plugin = plugins(
                        "plugins: [{ name: word-filter, id: w, stages: [before-routing], on-error: continue, timeout:"
                                + " 90ms, config: { blocked: [a, b] } }]\n")
                .getFirst();
        assertThat(plugin.stages()).containsExactly(PluginStage.BEFORE_ROUTING);
        assertThat(plugin.onError()).isEqualTo(OnError.CONTINUE);
        assertThat(plugin.timeout()).hasMillis(90);
        assertThat(plugin.settings()).isEqualTo(new PluginConfig.WordFilter(List.of("a", "b"), true, List.of(), false));
    }

    @Test
    void a_limit_written_as_a_plugin_is_a_budget() {
        GatewayConfig config = GatewayConfig.parse(
                Configs.SMALLEST + "plugins: [{ name: rate-limit, config: { id: r, requests-per-minute: 5 } }]\n",
                Map.of());
        assertThat(config.plugins()).isEmpty();
        assertThat(config.budgets().rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.id()).isEqualTo("r"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        plugins: [{ name: word-filtr }]                                              | there is no plugin 'word-filtr'; did you mean 'word-filter'?
        plugins: [{ name: word-filter }]                                             | 'config' is missing
        plugins: [{ name: word-filter, config: {} }]                                 | blocks nothing; add blocked or patterns
        plugins: [{ name: word-filter, config: { patterns: ["("] } }]                | is not a pattern RE2 takes
        plugins: [{ name: word-filter, config: { blocked: ["--"] } }]                | holds neither letters nor digits
        plugins: [{ name: word-filter, config: { block: [a] } }]                     | unknown key 'block'
        plugins: [{ name: limits, config: { max-tokens: 0 } }]                       | plugins[0].config.max-tokens
        plugins: [{ name: limits, config: {} }]                                      | limits nothing
        plugins: [{ name: limits, stages: [on-event], config: { max-tokens: 1 } }]   | has nothing to do at stage 'on-event'
        plugins: [{ name: headers, config: { authorization: x } }]                   | header 'authorization' can't be set
        plugins: [{ name: response-cache, config: { store: redis } }]                | store 'redis' needs a url
        plugins: [{ name: response-cache, config: { url: "redis://x" } }]            | means something with store 'redis' only
        plugins: [{ name: prompt, config: { text: a } }, { name: prompt, config: { text: b } }] | two plugins have the id 'prompt'
        plugins: [{ name: x, program: true, config: { a: 1 } }]                      | has no effect: the program makes the plugin
        events: { webhooks: [{ id: a, url: "http://far.example/x", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }] } | sends events unencrypted over a network
        events: { webhooks: [{ id: a, url: "ftp://x/y", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }] } | must begin with http
        events: { webhooks: [{ id: a, url: "https://x/y", secret: "hunter2" }] }     | must be whsec_ and Base64
        events: { webhooks: [{ id: a, url: "https://x/y", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", types: [a.b] }] } | unknown event 'a.b'
        """)
    void what_is_wrong_is_told(String more, String words) {
        assertThat(String.join("\n", Configs.problemsOf(more + "\n"))).contains(words);
    }

    @Test
    void a_plugin_of_a_program_must_be_given() {
        String text = Configs.SMALLEST + "plugins: [{ name: mine, program: true }]\n";
        assertThatThrownBy(() -> Tierway.builder().config(text).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'mine'");
    }
}

package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProviderConfigTest {
    private static List<String> problemsOf(String provider) {
        return Configs.problemsIn("""
            providers:
              - { id: p, %s }
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """.formatted(provider));
    }

    @Test
    void a_kind_without_what_it_needs_is_refused() {
        assertThat(problemsOf("kind: openai"))
                .containsExactly(
                        "2:11: providers[0].id: kind 'openai' needs an api-key; add api-key: ${OPENAI_API_KEY}");
        assertThat(problemsOf("kind: openai-compatible"))
                .containsExactly("2:11: providers[0].id: kind 'openai-compatible' needs a base-url;"
                        + " add base-url: https://host/v1");
    }

    @Test
    void what_means_nothing_for_a_kind_is_refused() {
        assertThat(problemsOf("kind: simulated, api-key: k"))
                .containsExactly("2:40: providers[0].api-key: means nothing for kind 'simulated'; remove it");
        assertThat(problemsOf("kind: openai, api-key: k, simulated: {}"))
                .containsExactly("2:51: providers[0].simulated: means nothing for kind 'openai';"
                        + " remove it, or write kind: simulated");
    }

    @Test
    void credentials_in_a_base_url_are_refused_and_not_repeated() {
        assertThat(problemsOf("kind: openai-compatible, base-url: \"https://user:hunter2@host/v1\""))
                .containsExactly("2:49: providers[0].base-url: must not hold credentials;"
                        + " put the key into api-key, other headers into headers");
        assertThat(problemsOf("kind: openai-compatible, base-url: \"https://host/v1?key=hunter2\""))
                .containsExactly("2:49: providers[0].base-url: must not hold a query or fragment;"
                        + " put keys into api-key, other headers into headers");
    }

    @Test
    void a_base_url_is_one_of_http_with_a_host() {
        assertThat(problemsOf("kind: openai-compatible, base-url: \"host/v1\""))
                .containsExactly("2:49: providers[0].base-url: must begin with http:// or https://");
        assertThat(problemsOf("kind: openai-compatible, base-url: \"http://gpu_box:8000/v1\""))
                .containsExactly(
                        "2:49: providers[0].base-url: names no host; host names hold letters, digits, - and . only");
        assertThat(problemsOf("kind: openai-compatible, base-url: \"http://a b\""))
                .containsExactly("2:49: providers[0].base-url: is not a URL; write e.g. https://host/v1");
    }

    @Test
    void a_key_sent_in_the_clear_is_a_warning_but_not_on_loopback() {
        assertThat(problemsOf("kind: openai-compatible, base-url: \"http://gpu:8000/v1\", api-key: k"))
                .containsExactly(
                        "2:49: warning: providers[0].base-url: sends credentials over http, readable on the way;"
                                + " use https");
        assertThat(problemsOf("kind: openai-compatible, base-url: \"http://127.0.0.1:8000/v1\", api-key: k"))
                .isEmpty();
        assertThat(problemsOf("kind: openai-compatible, base-url: \"http://gpu:8000/v1\""))
                .isEmpty();
    }

    @Test
    void headers_the_transport_sets_itself_are_refused() {
        assertThat(problemsOf("kind: openai, api-key: k, headers: { host: x }"))
                .containsExactly("2:5: providers[0]: the header 'host' is set by Tierway: remove it");
        assertThat(problemsOf("kind: openai, api-key: k, headers: { \"x y\": x }"))
                .containsExactly(
                        "2:51: providers[0].headers[\"x y\"]: is not a header's name; use letters, digits and -");
    }

    @Test
    void a_secret_with_a_line_break_is_refused_without_being_repeated() {
        assertThat(problemsOf("kind: openai, api-key: \"hunter2\\nhunter3\""))
                .containsExactly("2:37: providers[0].api-key: must not hold control characters or line breaks");
        assertThat(problemsOf("kind: openai, api-key: 123456"))
                .containsExactly("2:37: providers[0].api-key: must be a secret, not a number; put it in quotes");
    }

    @Test
    void a_trailing_slash_of_a_base_url_goes() {
        GatewayConfig config = Configs.parsed("""
            providers: [{ id: p, kind: openai-compatible, base-url: "http://localhost:8000/v1//" }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """);

        assertThat(config.providers().getFirst().settings().baseUrl()).hasToString("http://localhost:8000/v1");
    }

    @Test
    void a_fault_hits_requests_in_one_way_only() {
        assertThat(problemsOf("kind: simulated, simulated: { faults: [{ fault: stall, every: 2, from: 1 }] }"))
                .containsExactly("2:53: providers[0].simulated.faults[0]: has both 'every' and 'from'; keep one");
        assertThat(problemsOf("kind: simulated, simulated: { faults: [{ fault: stall, to: 1 }] }"))
                .containsExactly(
                        "2:73: providers[0].simulated.faults[0].to: means nothing without 'from'; add from: 1");
        assertThat(problemsOf("kind: simulated, simulated: { faults: [{ fault: stall, from: 3, to: 1 }] }"))
                .containsExactly("2:53: providers[0].simulated.faults[0]: requests are counted from 1: 3 to 1 is none");
    }
}

package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tierway.GatewayConfig;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RedactedConfigTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String shown(GatewayConfig config) {
        try {
            return JSON.writeValueAsString(config.toRedactedMap());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void secrets_are_absent_from_everything_a_configuration_shows() {
        GatewayConfig config = Configs.parsed(Configs.everything());

        assertThat(shown(config))
                .doesNotContain("canary")
                .doesNotContain("api-key")
                .doesNotContain("admin-token");
        assertThat(config.toString()).doesNotContain("canary");
        assertThat(config.toRedactedMap().toString()).contains("x-team");
    }

    @Test
    void what_is_shown_read_again_is_the_same_configuration() {
        String everythingWithoutSecrets = Configs.everything()
                .replace("    kind: openai\n", "    kind: openai-compatible\n")
                .replaceAll("(?m)^ {4,6}(api-key|headers|env):.*$", "")
                .replaceAll(", access-key: .*", " }")
                .replaceAll("(?s)      tenant: .*?(?=      scope)", "      managed-identity: true\n")
                .replace(", password: \"${PROXY_PASSWORD}\"", "")
                .replaceAll("(?m)^  (admin-token|pepper|previous-pepper):.*$", "")
                .replaceAll("(?s)  keys:\\R    - id: search-team.*?(?=server:)", "")
                .replaceAll("(?m)^  - \\{ name: headers.*$", "")
                .replaceAll("(?s)\nevents:.*?(?=\nagents:)", "\n");
        GatewayConfig config = Configs.parsed(everythingWithoutSecrets);

        // A warning names its line, and the text is another one.
        assertThat(Configs.parsed(shown(config)).withWarnings(List.of()).withText(null))
                .isEqualTo(config.withWarnings(List.of()).withText(null));
    }

    @Test
    void every_key_that_is_no_secret_is_shown() throws JsonProcessingException {
        Set<String> written = keys(new ObjectMapper(new YAMLFactory()).readTree(Configs.everything()));
        Set<String> shown = keys(JSON.readTree(shown(Configs.parsed(Configs.everything()))));

        // A route's one target is shown as a list of one, an optimisation as its number.
        written.removeAll(Set.of(
                "api-key",
                "password",
                "admin-token",
                "pepper",
                "previous-pepper",
                "secret",
                "access-key",
                "secret-key",
                "session-token",
                "client-secret",
                "to",
                "optimize"));
        // Headers and variables are shown by name.
        written.removeAll(Set.of("x-team", "x-plan", "x-collector-key", "authorization", "KEY"));
        assertThat(shown).containsAll(written);
    }

    private static Set<String> keys(JsonNode node) {
        Set<String> keys = new TreeSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        node.forEach(child -> keys.addAll(keys(child)));
        return keys;
    }
}

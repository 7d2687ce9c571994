package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.ConfigText;
import dev.tierway.GatewayConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a configuration's text, and what never is. */
class KeptTextTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "sk-canary-of-the-environment", "HOST", "h");
    private static final String MODELS =
            "models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]\n";

    @TempDir
    Path folder;

    private static ConfigText kept(String text) {
        return Objects.requireNonNull(GatewayConfig.parse(text, ENVIRONMENT).text());
    }

    private static ConfigText provider(String members) {
        return kept(
                "providers: [{ id: p, kind: openai-compatible, base-url: 'http://h', " + members + " }]\n" + MODELS);
    }

    @Test
    void placeholders_stay_as_written_and_comments_go() {
        ConfigText text = kept("# was sk-canary-of-a-comment\n"
                + "providers: [{ id: p, kind: openai-compatible, base-url: 'http://${HOST}:1', api-key: '${KEY}' }]\n"
                + MODELS);

        assertThat(text.document()).contains("http://${HOST}:1", "${KEY}").doesNotContain("canary");
        assertThat(text.leftOut()).isEmpty();
    }

    @Test
    void a_secret_that_is_written_out_is_left_out_and_named() {
        ConfigText text =
                provider("api-key: sk-canary-1, headers: { x-org: canary-2, authorization-x: 'Bearer ${KEY}' }");

        assertThat(text.document()).doesNotContain("canary").contains("Bearer ${KEY}");
        assertThat(text.leftOut()).containsExactly("providers[0].api-key", "providers[0].headers.x-org");
    }

    @Test
    void a_placeholder_beside_half_of_a_secret_hides_nothing() {
        assertThat(provider("api-key: 'sk-canary-${KEY}'").document()).doesNotContain("canary");
    }

    @Test
    void a_secret_that_stands_under_another_key_too_keeps_everything_out() {
        ConfigText text = provider("api-key: sk-canary-1, name: 'the account of sk-canary-1'");

        assertThat(text.document()).isEqualTo("{}");
        assertThat(text.leftOut()).containsExactly("providers[0].api-key");
    }

    @Test
    void addresses_without_a_password_are_no_secret() {
        String storage = "storage: { ledger: { store: memory }, quota: { store: redis, url: '%s' } }\n";
        String providers = "providers: [{ id: p, kind: openai-compatible, base-url: 'http://h' }]\n" + MODELS;

        assertThat(kept(providers + storage.formatted("redis://cache:6379")).leftOut())
                .isEmpty();
        ConfigText secret = kept(providers + storage.formatted("redis://:canary@cache:6379"));
        assertThat(secret.document()).doesNotContain("canary");
        assertThat(secret.leftOut()).containsExactly("storage.quota.url");
    }

    @Test
    void what_is_kept_says_the_same_when_it_is_read_again() throws Exception {
        Path file = folder.resolve("tierway.yaml");
        // Headers that are written out are taken for secrets.
        String text = Configs.everything()
                .replaceAll("headers: \\{(?:[^{}]|\\$\\{[^}]*})*}", "headers: {}")
                .replace("config: { x-team: blue }", "config: { x-team: \"${TEAM_HEADER}\" }");
        Files.writeString(file, text);
        GatewayConfig read = GatewayConfig.load(file, Configs.ENVIRONMENT);
        ConfigText kept = Objects.requireNonNull(read.text());
        assertThat(kept.leftOut()).isEmpty();
        assertThat(kept.document()).doesNotContain("canary");

        ConfigLoader.Loaded again = ConfigLoader.again(kept.document(), "kept", file, Configs.ENVIRONMENT);

        assertThat(Objects.requireNonNull(again.config())
                        .withWarnings(List.of())
                        .withText(null))
                .isEqualTo(read.withWarnings(List.of()).withText(null));
        assertThat(again.config().text().hash()).isEqualTo(kept.hash());
    }

    @Test
    void the_files_that_were_read_are_known() throws Exception {
        Path key = folder.resolve("key");
        Files.writeString(key, "sk-1\n");
        Path file = folder.resolve("tierway.yaml");
        Files.writeString(
                file,
                "providers: [{ id: p, kind: openai-compatible, base-url: 'http://h', api-key: '${file:key}' }]\n"
                        + MODELS);

        ConfigText text =
                Objects.requireNonNull(GatewayConfig.load(file, ENVIRONMENT).text());

        assertThat(text.file()).isEqualTo(file);
        assertThat(text.files()).containsExactly(file, key);
    }

    @Test
    void equal_texts_have_equal_hashes_whatever_placeholders_stand_for() {
        String text =
                "providers: [{ id: p, kind: openai-compatible, base-url: 'http://h', api-key: '${KEY}' }]\n" + MODELS;

        assertThat(kept("# a remark\n" + text).hash())
                .isEqualTo(Objects.requireNonNull(GatewayConfig.parse(text, Map.of("KEY", "another"))
                                .text())
                        .hash())
                .isNotEqualTo(kept(text.replace("http://h", "http://i")).hash());
    }
}

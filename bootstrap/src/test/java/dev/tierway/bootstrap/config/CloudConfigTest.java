package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.ProviderSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What providers of kinds {@code bedrock} and {@code azure-openai} need. */
final class CloudConfigTest {
    private static final String CONFIG = """
        providers:
          - { id: p, %s }
        models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
        """;

    private static List<String> problemsOf(String provider) {
        return Configs.problemsIn(CONFIG.formatted(provider));
    }

    private static ProviderSettings settings(String provider) {
        return Configs.parsed(CONFIG.formatted(provider)).providers().getFirst().settings();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: bedrock | kind 'bedrock' needs a region",
                "kind: bedrock, aws: {} | 'region' is missing",
                "kind: bedrock, aws: { region: EU West } | is not a region's id",
                "kind: bedrock, aws: { region: eu-west-1, access-key: AKIDABCD } | belong together",
                "kind: bedrock, aws: { region: eu-west-1, session-token: abcd } | means nothing without access-key",
                "kind: bedrock, aws: { region: eu-west-1, profile: x, access-key: a, secret-key: b } | keep one of"
                        + " them",
                "kind: bedrock, api-key: abcd, aws: { region: eu-west-1, profile: x } | keep one of them",
                "kind: bedrock, aws: { region: eu-west-1 }, reports-usage: true | means nothing for kind 'bedrock'",
                "kind: bedrock, aws: { region: eu-west-1 }, azure: {} | means nothing for kind 'bedrock'",
                "kind: openai, api-key: abcd, aws: { region: eu-west-1 } | means nothing for kind 'openai'",
                "kind: azure-openai, api-key: abcd | needs a base-url",
                "kind: azure-openai, base-url: \"https://r.openai.azure.com\" | needs a credential",
                "kind: azure-openai, base-url: \"https://r.openai.azure.com\", api-key: abcd, azure: {"
                        + " managed-identity: true } | keep one of them",
                "kind: azure-openai, base-url: \"https://r.openai.azure.com\", azure: { tenant: t, client: c }"
                        + " | belong together",
                "kind: azure-openai, base-url: \"https://r.openai.azure.com\", api-key: abcd, azure: { client: c }"
                        + " | means nothing alone",
                "kind: azure-openai, base-url: \"https://r.openai.azure.com\", api-key: abcd, azure: { api-version: a"
                        + " b } | is not a version",
                "kind: azure-openai, base-url: \"https://r.openai.azure.com\", api-key: abcd, probe: on"
                        + " | means nothing for kind 'azure-openai'",
            })
    void what_is_missing_or_means_nothing_is_told(String provider, String problem) {
        assertThat(problemsOf(provider.strip()))
                .anySatisfy(told -> assertThat(told).contains(problem.strip()));
    }

    @Test
    void whole_ones_are_taken_as_they_are() {
        ProviderSettings keys = settings(
                "kind: bedrock, aws: { region: eu-west-1, access-key: AKID, secret-key: canary-s, session-token:"
                        + " canary-t }");
        assertThat(keys.aws().region()).isEqualTo("eu-west-1");
        assertThat(keys.aws().secretKey().reveal()).isEqualTo("canary-s");
        assertThat(settings("kind: bedrock, api-key: abcd, aws: { region: us-east-1 }")
                        .apiKey()
                        .reveal())
                .isEqualTo("abcd");
        ProviderSettings dated = settings(
                "kind: azure-openai, base-url: \"https://r.openai.azure.com\", azure: { api-version: 2024-10-21,"
                        + " tenant: t, client: c, client-secret: canary-c }");
        assertThat(dated.azure().apiVersion()).isEqualTo("2024-10-21");
        assertThat(dated.azure().usesTokens()).isTrue();
        assertThat(dated.toString() + keys).doesNotContain("canary");
    }

    @Test
    void the_shown_configuration_holds_no_secret_of_theirs() {
        GatewayConfig config = Configs.parsed(
                CONFIG.formatted("kind: bedrock, aws: { region: eu-west-1, access-key: canary-a, secret-key: canary-s,"
                        + " session-token: canary-t }"));
        assertThat(RedactedConfig.of(config).toString()).contains("eu-west-1").doesNotContain("canary");
        GatewayConfig azure = Configs.parsed(CONFIG.formatted(
                "kind: azure-openai, base-url: \"https://r.openai.azure.com\", azure: { tenant: ten, client: cli,"
                        + " client-secret: canary-c }"));
        assertThat(RedactedConfig.of(azure).toString()).contains("ten").doesNotContain("canary");
    }
}

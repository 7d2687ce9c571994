package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.AwsSettings;
import dev.tierway.adapter.providers.AzureSettings;
import java.util.List;

/** What the kinds {@code bedrock} and {@code azure-openai} need, and what means nothing for them or for others. */
final class CloudChecks {
    private CloudChecks() {}

    static void check(ProviderKind kind, Values v) {
        if (kind != ProviderKind.BEDROCK) {
            meaningless(kind, v, ProviderSection.AWS);
        }
        if (kind != ProviderKind.AZURE_OPENAI) {
            meaningless(kind, v, ProviderSection.AZURE);
        }
        if (kind == ProviderKind.BEDROCK) {
            bedrock(v);
        } else if (kind == ProviderKind.AZURE_OPENAI) {
            azure(v);
        }
    }

    private static void bedrock(Values v) {
        AwsSettings aws = v.get(ProviderSection.AWS);
        if (!v.has(ProviderSection.AWS)) {
            v.error(ProviderSection.ID, "kind 'bedrock' needs a region", "add aws: { region: us-east-1 }");
        } else if (aws != null
                && v.has(ProviderSection.API_KEY)
                && (aws.accessKey() != null || aws.profile() != null)) {
            v.error(
                    ProviderSection.API_KEY,
                    "is a Bedrock API key, and aws names other credentials",
                    "keep one of them");
        }
        for (Key<?> key : List.of(ProviderSection.REPORTS_USAGE, ProviderSection.PROBE, ProviderSection.USAGE_PROBE)) {
            meaningless(ProviderKind.BEDROCK, v, key);
        }
    }

    private static void azure(Values v) {
        AzureSettings azure = v.get(ProviderSection.AZURE, AzureSettings.DEFAULTS);
        boolean key = v.has(ProviderSection.API_KEY);
        if (key && azure.usesTokens()) {
            v.error(ProviderSection.API_KEY, "is a credential, and azure names another", "keep one of them");
        } else if (!key && !azure.usesTokens() && !v.has(ProviderSection.HEADERS)) {
            v.error(
                    ProviderSection.ID,
                    "kind 'azure-openai' needs a credential",
                    "add api-key: ${AZURE_OPENAI_API_KEY}, or azure: { managed-identity: true }");
        }
        for (Key<?> one : List.of(ProviderSection.PROBE, ProviderSection.USAGE_PROBE)) {
            meaningless(ProviderKind.AZURE_OPENAI, v, one);
        }
    }

    private static void meaningless(ProviderKind kind, Values v, Key<?> key) {
        if (v.has(key)) {
            v.error(key, "means nothing for kind '" + kind.id() + "'", "remove it");
        }
    }
}

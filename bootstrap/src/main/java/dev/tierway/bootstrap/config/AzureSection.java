package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.AzureSettings;
import dev.tierway.adapter.providers.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code providers[].azure}. */
final class AzureSection {
    static final Key<String> API_VERSION = Key.optional(
                    "api-version",
                    Scalars.matching("a version", "^[A-Za-z0-9.-]{1,40}$", AzureSection::version),
                    "A dated version, e.g. `2024-10-21`: paths then name the deployment.")
            .absentMeans("the `/openai/v1/` surface, which has no versions");
    static final Key<String> TENANT = Key.optional(
            "tenant", Scalars.TEXT, "The directory of an application. Needs `client` and `client-secret`.");
    static final Key<String> CLIENT = Key.optional(
            "client", Scalars.TEXT, "The application's id; with `managed-identity`, that of a user-assigned identity.");
    static final Key<Secret> CLIENT_SECRET = Key.optional("client-secret", Scalars.SECRET, "The application's secret.");
    static final Key<Boolean> MANAGED_IDENTITY = Key.optional(
                    "managed-identity", Scalars.TRUE_OR_FALSE, "Whether the machine's own identity calls.")
            .or("false");
    static final Key<String> AUTHORITY = Key.optional(
                    "authority", Scalars.TEXT, "Where an application's tokens are issued, in another cloud.")
            .absentMeans("`https://login.microsoftonline.com/`");
    static final Key<String> SCOPE = Key.optional("scope", Scalars.TEXT, "What tokens are asked for.")
            .absentMeans("`https://cognitiveservices.azure.com/.default`");

    static final Section<AzureSettings> SECTION = Section.of(
            "azure",
            "How Azure OpenAI is addressed, for kind `azure-openai`, and who calls it where there is no `api-key`: an"
                    + " application or a managed identity, by tokens of Microsoft Entra, renewed before they end. A"
                    + " replica's `upstream-model` is the deployment's name.",
            List.of(API_VERSION, TENANT, CLIENT, CLIENT_SECRET, MANAGED_IDENTITY, AUTHORITY, SCOPE),
            v -> new AzureSettings(
                    v.get(API_VERSION),
                    v.get(TENANT),
                    v.get(CLIENT),
                    v.get(CLIENT_SECRET),
                    v.value(MANAGED_IDENTITY),
                    v.get(AUTHORITY),
                    v.get(SCOPE)));

    private AzureSection() {}

    private static String version(String text) {
        if (!text.matches("[A-Za-z0-9.-]{1,40}")) {
            throw new Unfit("is not a version", "write e.g. 2024-10-21, or leave it out");
        }
        return text;
    }

    /** Without the secret, which is absent rather than masked. */
    static @Nullable Map<String, Object> shown(AzureSettings azure) {
        return azure.equals(AzureSettings.DEFAULTS)
                ? null
                : new Shown()
                        .put(API_VERSION, azure.apiVersion())
                        .put(TENANT, azure.tenant())
                        .put(CLIENT, azure.client())
                        .put(MANAGED_IDENTITY, azure.managedIdentity())
                        .put(AUTHORITY, azure.authority())
                        .put(SCOPE, azure.scope())
                        .map();
    }
}

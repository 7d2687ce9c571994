package dev.tierway.adapter.providers;

import org.jspecify.annotations.Nullable;

/**
 * How Azure OpenAI is addressed, and who calls it where no api-key is given.
 *
 * @param apiVersion the dated version whose paths name deployments, e.g. {@code 2024-10-21}; null for the {@code v1} surface
 * @param tenant the directory of an application; null for a managed identity
 * @param client the application's id, or that of a user-assigned identity; null for the system-assigned one
 * @param clientSecret the application's; null for a managed identity
 * @param managedIdentity whether the machine's own identity calls
 * @param authority where tokens are issued; null for Microsoft's public cloud
 * @param scope what tokens are asked for; null for the one of Azure's cognitive services
 */
public record AzureSettings(
        @Nullable String apiVersion,
        @Nullable String tenant,
        @Nullable String client,
        @Nullable Secret clientSecret,
        boolean managedIdentity,
        @Nullable String authority,
        @Nullable String scope) {
    /** The v1 surface, with an api-key. */
    public static final AzureSettings DEFAULTS = new AzureSettings(null, null, null, null, false, null, null);

    /** @throws IllegalArgumentException if they contradict each other */
    public AzureSettings {
        if (apiVersion != null && !apiVersion.matches("[A-Za-z0-9.-]{1,40}")) {
            throw new IllegalArgumentException("azure.api-version must be a version, e.g. 2024-10-21, or be left out");
        }
        boolean application = tenant != null || clientSecret != null;
        if (application && (tenant == null || client == null || clientSecret == null)) {
            throw new IllegalArgumentException(
                    "azure.tenant, client and client-secret belong together: give all three");
        }
        if (application && managedIdentity) {
            throw new IllegalArgumentException("azure has both a client-secret and managed-identity: keep one of them");
        }
        if (client != null && !application && !managedIdentity) {
            throw new IllegalArgumentException(
                    "azure.client means nothing alone: add tenant and client-secret, or managed-identity: true");
        }
        if (scope != null && !application && !managedIdentity) {
            throw new IllegalArgumentException("azure.scope means nothing with an api-key: remove it");
        }
        if (authority != null && (!application || !authority.startsWith("https://"))) {
            throw new IllegalArgumentException(
                    "azure.authority must begin with https://, and means nothing without tenant and client-secret");
        }
    }

    /** Whether Microsoft Entra issues tokens instead of a key. */
    public boolean usesTokens() {
        return clientSecret != null || managedIdentity;
    }
}

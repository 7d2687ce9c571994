package dev.tierway;

import dev.tierway.adapter.providers.AwsSettings;
import dev.tierway.adapter.providers.AzureSettings;
import dev.tierway.adapter.providers.ConnectionSettings;
import dev.tierway.adapter.providers.GoogleSettings;
import dev.tierway.adapter.providers.ProviderDefaults;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.RequestDefaults;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.QuotaDomainId;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.quota.Limit;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account at a vendor, or a local server.
 *
 * @param kind how it is spoken to, e.g. {@code openai-compatible}
 * @param baseUrl without a trailing slash; null: the kind's own
 * @param headers sent with every request, values possibly secret
 * @param local runs on hardware of the operator
 * @param reportsUsage whether a stream may be asked for its usage
 * @param maxConnections most attempts at it at once
 * @param connection how connections to it are made
 * @param name for people; null: the id
 * @param quota limits of the account, a quota domain of its own; empty is unlimited
 * @param quotaDomain the shared domain it joins besides
 * @param passthrough whether it serves models that aren't listed
 * @param wholeCatalogue whether it serves every model that the catalogue knows of its vendor
 * @param probe how its server is looked at beside calls
 * @param usageProbe how its vendor is asked what the account has left; null: it isn't
 * @param aws the account of kind {@code bedrock}; null for others
 * @param azure version and identity of kind {@code azure-openai}; means nothing for others
 * @param google the project, for kind {@code vertex}; null for others
 * @param defaults what is sent to it unless a request says it itself
 * @param simulated how a simulated provider behaves; null for other kinds
 */
public record ProviderConfig(
        ProviderId id,
        String kind,
        @Nullable URI baseUrl,
        @Nullable Secret apiKey,
        Map<String, Secret> headers,
        boolean local,
        boolean reportsUsage,
        int maxConnections,
        ConnectionSettings connection,
        @Nullable String name,
        List<Limit> quota,
        @Nullable QuotaDomainId quotaDomain,
        Timeouts.Override timeouts,
        CircuitConfig circuit,
        RetrySettings.Override retry,
        boolean passthrough,
        boolean wholeCatalogue,
        ProbeConfig probe,
        @Nullable UsageProbeConfig usageProbe,
        @Nullable AwsSettings aws,
        AzureSettings azure,
        @Nullable GoogleSettings google,
        RequestDefaults defaults,
        @Nullable SimulatedScript simulated) {
    public ProviderConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        quota = List.copyOf(quota);
    }

    public String displayName() {
        return name == null ? id.value() : name;
    }

    /**
     * What its transport is built from.
     *
     * @throws IllegalArgumentException if nothing could be sent with these; the message repeats no secret
     */
    public ProviderSettings settings() {
        Map<String, String> revealed = new LinkedHashMap<>();
        headers.forEach((header, value) -> revealed.put(header, value.reveal()));
        return new ProviderSettings(
                id,
                kind,
                baseUrl,
                apiKey,
                revealed,
                reportsUsage,
                maxConnections,
                connection,
                aws,
                azure,
                google,
                new ProviderDefaults(defaults, Map.of()));
    }
}

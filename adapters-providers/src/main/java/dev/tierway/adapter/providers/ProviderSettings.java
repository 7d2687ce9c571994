package dev.tierway.adapter.providers;

import dev.tierway.adapter.providers.http.Redactor;
import dev.tierway.domain.catalogue.ProviderId;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider is and how it wants to be spoken to.
 *
 * @param kind the dialect, e.g. {@code openai-compatible}
 * @param baseUrl up to, not including, {@code /chat/completions}; null for the kind's default
 * @param apiKey null if the provider wants none
 * @param headers sent with every request, beside ours
 * @param reportsUsage whether a stream may be asked for its usage ({@code stream_options.include_usage})
 * @param maxConnections most attempts at it at once; more are refused at once, as capacity
 * @param connection how connections to it are made
 * @param aws for kind {@code bedrock}; null for others
 * @param azure for kind {@code azure-openai}; means nothing for others
 * @param google the project, for kind {@code vertex}; null for others
 * @param defaults what is sent unless a request says it itself
 */
public record ProviderSettings(
        ProviderId id,
        String kind,
        @Nullable URI baseUrl,
        @Nullable Secret apiKey,
        Map<String, String> headers,
        boolean reportsUsage,
        int maxConnections,
        ConnectionSettings connection,
        @Nullable AwsSettings aws,
        AzureSettings azure,
        @Nullable GoogleSettings google,
        ProviderDefaults defaults) {
    public static final int DEFAULT_MAX_CONNECTIONS = 1024;

    /** @throws IllegalArgumentException if nothing could be sent with these */
    public ProviderSettings {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        headers.forEach(HeaderRules::require);
        if (apiKey != null && headers.keySet().stream().anyMatch("authorization"::equalsIgnoreCase)) {
            throw new IllegalArgumentException(
                    "provider '" + id + "' has an api-key and an authorization header: keep one of them");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException(
                    "provider '" + id + "': max-connections must be 1 or more, not " + maxConnections);
        }
        if (baseUrl != null) {
            requireUsable(id, baseUrl);
        }
    }

    /** For kinds that need nothing of their own. */
    public ProviderSettings(
            ProviderId id,
            String kind,
            @Nullable URI baseUrl,
            @Nullable Secret apiKey,
            Map<String, String> headers,
            boolean reportsUsage,
            int maxConnections,
            ConnectionSettings connection) {
        this(
                id,
                kind,
                baseUrl,
                apiKey,
                headers,
                reportsUsage,
                maxConnections,
                connection,
                null,
                AzureSettings.DEFAULTS,
                null,
                ProviderDefaults.NONE);
    }

    public ProviderSettings with(AwsSettings account) {
        return new ProviderSettings(
                id,
                kind,
                baseUrl,
                apiKey,
                headers,
                reportsUsage,
                maxConnections,
                connection,
                account,
                azure,
                google,
                defaults);
    }

    public ProviderSettings with(AzureSettings account) {
        return new ProviderSettings(
                id,
                kind,
                baseUrl,
                apiKey,
                headers,
                reportsUsage,
                maxConnections,
                connection,
                aws,
                account,
                google,
                defaults);
    }

    public ProviderSettings with(@Nullable GoogleSettings project) {
        return new ProviderSettings(
                id,
                kind,
                baseUrl,
                apiKey,
                headers,
                reportsUsage,
                maxConnections,
                connection,
                aws,
                azure,
                project,
                defaults);
    }

    public ProviderSettings with(ProviderDefaults unlessSaid) {
        return new ProviderSettings(
                id,
                kind,
                baseUrl,
                apiKey,
                headers,
                reportsUsage,
                maxConnections,
                connection,
                aws,
                azure,
                google,
                unlessSaid);
    }

    /** With the defaults for everything else. */
    public static ProviderSettings of(ProviderId id, String kind, @Nullable URI baseUrl, @Nullable Secret apiKey) {
        return new ProviderSettings(
                id, kind, baseUrl, apiKey, Map.of(), true, DEFAULT_MAX_CONNECTIONS, ConnectionSettings.DEFAULTS);
    }

    /** Takes what is secret here out of words that are shown: headers an operator adds can be credentials too. */
    public Redactor redactor() {
        List<String> secrets = new ArrayList<>(headers.values());
        Stream.of(
                        apiKey,
                        aws == null ? null : aws.accessKey(),
                        aws == null ? null : aws.secretKey(),
                        aws == null ? null : aws.sessionToken(),
                        azure.clientSecret())
                .filter(Objects::nonNull)
                .forEach(secret -> secrets.add(secret.reveal()));
        defaults.secrets().forEach(secret -> secrets.add(secret.reveal()));
        return new Redactor(secrets);
    }

    private static void requireUsable(ProviderId id, URI url) {
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "provider '" + id + "': base-url must begin with http:// or https:// and name a host");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("provider '" + id
                    + "': base-url must not hold a user, a query or a fragment; put credentials into api-key");
        }
    }

    /** Without the values of headers: they can be credentials. */
    @Override
    public String toString() {
        return "ProviderSettings[" + id + ", " + kind + ", headers " + headers.keySet() + "]";
    }
}

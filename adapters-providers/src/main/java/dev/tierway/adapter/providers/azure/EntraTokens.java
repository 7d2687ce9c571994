package dev.tierway.adapter.providers.azure;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import dev.tierway.adapter.providers.AzureSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.wire.CredentialCache.Lease;
import java.net.MalformedURLException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tokens of Microsoft Entra, for an application or the machine's own identity, by Microsoft's library. Blocks. */
final class EntraTokens implements Callable<Lease<String>> {
    static final String SCOPE = "https://cognitiveservices.azure.com/.default";
    private static final String AUTHORITY = "https://login.microsoftonline.com/";
    private static final String DEFAULT_SUFFIX = "/.default";
    private static final int MILLIS = 10_000;
    private static final long PATIENCE_SECONDS = 30;
    private static final int LONGEST_REASON = 300;

    private final AzureSettings azure;
    private final String scope;
    private final @Nullable IHttpClient http;

    /** @param http instead of the library's own; null for that */
    EntraTokens(AzureSettings azure, @Nullable IHttpClient http) {
        this.azure = azure;
        this.scope = azure.scope() == null ? SCOPE : azure.scope();
        this.http = http;
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // the library tells it so
    public Lease<String> call() throws InterruptedException {
        try {
            IAuthenticationResult token = asked().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Lease<>(
                    token.accessToken(), token.expiresOnDate().toInstant().toEpochMilli());
        } catch (ExecutionException refused) {
            Throwable cause = refused.getCause();
            throw failed(cause == null ? refused : cause);
        } catch (TimeoutException late) {
            throw new IllegalStateException("Microsoft Entra gave no token within " + PATIENCE_SECONDS + " s", late);
        } catch (MalformedURLException | RuntimeException wrong) {
            throw failed(wrong);
        }
    }

    private CompletableFuture<IAuthenticationResult> asked() throws MalformedURLException {
        Secret secret = azure.clientSecret();
        String client = azure.client();
        if (secret == null || client == null) {
            return machine(client);
        }
        String root = azure.authority() == null ? AUTHORITY : azure.authority();
        ConfidentialClientApplication.Builder application = ConfidentialClientApplication.builder(
                        client, ClientCredentialFactory.createFromSecret(secret.reveal()))
                .authority((root.endsWith("/") ? root : root + "/") + azure.tenant())
                // The operator has named the authority: nobody else is asked whether it is one.
                .instanceDiscovery(false);
        if (http == null) {
            application.connectTimeoutForDefaultHttpClient(MILLIS).readTimeoutForDefaultHttpClient(MILLIS);
        } else {
            application.httpClient(http);
        }
        return application
                .build()
                .acquireToken(ClientCredentialParameters.builder(Set.of(scope)).build());
    }

    private CompletableFuture<IAuthenticationResult> machine(@Nullable String client) {
        ManagedIdentityApplication.Builder application = ManagedIdentityApplication.builder(
                client == null ? ManagedIdentityId.systemAssigned() : ManagedIdentityId.userAssignedClientId(client));
        if (http == null) {
            application.connectTimeoutForDefaultHttpClient(MILLIS).readTimeoutForDefaultHttpClient(MILLIS);
        } else {
            application.httpClient(http);
        }
        String resource =
                scope.endsWith(DEFAULT_SUFFIX) ? scope.substring(0, scope.length() - DEFAULT_SUFFIX.length()) : scope;
        try {
            return application
                    .build()
                    .acquireTokenForManagedIdentity(
                            ManagedIdentityParameters.builder(resource).build());
        } catch (Exception refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Entra's words name the mistake (AADSTS…) and never repeat a secret. */
    private static IllegalStateException failed(Throwable cause) {
        String words = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        String reason = words.length() > LONGEST_REASON ? words.substring(0, LONGEST_REASON) + "…" : words;
        return new IllegalStateException("Microsoft Entra gave no token: " + reason);
    }
}

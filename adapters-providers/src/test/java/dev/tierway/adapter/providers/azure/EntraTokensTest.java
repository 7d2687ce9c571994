package dev.tierway.adapter.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import dev.tierway.adapter.providers.AzureSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.wire.CredentialCache.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntraTokensTest {
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final AzureSettings APPLICATION =
            new AzureSettings(null, TENANT, "client-id", new Secret("canary-client-secret"), false, null, null);

    /** Answers without a network. */
    private static final class Microsoft implements IHttpClient {
        private final List<HttpRequest> asked = new ArrayList<>();
        private final int status;
        private final String body;

        Microsoft(int status, String body) {
            this.status = status;
            this.body = body;
        }

        @Override
        public IHttpResponse send(HttpRequest request) {
            asked.add(request);
            HttpResponse response = new HttpResponse();
            response.statusCode(status);
            response.body(body);
            response.addHeaders(Map.of("Content-Type", List.of("application/json")));
            return response;
        }
    }

    @Test
    void an_applications_secret_buys_a_token_with_an_end() throws Exception {
        Microsoft microsoft = new Microsoft(
                200,
                "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"ext_expires_in\":3600,\"access_token\":\"tok\"}");
        Lease<String> lease = new EntraTokens(APPLICATION, microsoft).call();
        assertThat(lease.value()).isEqualTo("tok");
        assertThat(lease.endEpochMillis())
                .isBetween(System.currentTimeMillis() + 3_000_000, System.currentTimeMillis() + 3_700_000);
        assertThat(microsoft.asked).singleElement().satisfies(request -> {
            assertThat(request.url().toString())
                    .isEqualTo("https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/token");
            assertThat(request.body())
                    .contains("grant_type=client_credentials")
                    .contains("cognitiveservices.azure.com%2F.default")
                    .contains("client_id=client-id");
        });
    }

    @Test
    void another_cloud_has_its_own_authority_and_scope() throws Exception {
        Microsoft microsoft =
                new Microsoft(200, "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"tok\"}");
        new EntraTokens(
                        new AzureSettings(
                                null,
                                TENANT,
                                "client-id",
                                new Secret("canary-client-secret"),
                                false,
                                "https://login.microsoftonline.us",
                                "https://ai.azure.us/.default"),
                        microsoft)
                .call();
        assertThat(microsoft.asked.getFirst().url()).hasHost("login.microsoftonline.us");
        assertThat(microsoft.asked.getFirst().body()).contains("ai.azure.us");
    }

    @Test
    void a_refusal_is_told_in_entras_words_and_without_the_secret() {
        Microsoft microsoft = new Microsoft(
                401,
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret provided."
                        + "\\r\\nTrace ID: x\"}");
        assertThatIllegalStateException()
                .isThrownBy(() -> new EntraTokens(APPLICATION, microsoft).call())
                .withMessageContaining("Microsoft Entra gave no token: AADSTS7000215")
                .withMessageNotContaining("canary");
    }

    @Test
    void a_machines_identity_is_asked_of_the_machine() throws Exception {
        long end = System.currentTimeMillis() / 1000 + 3600;
        Microsoft microsoft = new Microsoft(
                200,
                "{\"access_token\":\"machine\",\"expires_on\":\"" + end
                        + "\",\"resource\":\"r\",\"token_type\":\"Bearer\",\"client_id\":\"c\"}");
        Lease<String> lease = new EntraTokens(
                        new AzureSettings(null, null, "user-assigned-" + end, null, true, null, null), microsoft)
                .call();
        assertThat(lease.value()).isEqualTo("machine");
        assertThat(microsoft.asked.getFirst().url().toString())
                .startsWith("http://169.254.169.254/metadata/identity/oauth2/token")
                .contains("cognitiveservices.azure.com");
    }
}

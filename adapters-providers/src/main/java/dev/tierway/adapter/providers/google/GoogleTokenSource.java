package dev.tierway.adapter.providers.google;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.tierway.adapter.providers.wire.CredentialCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens by Google's own library. The one class that touches it: it is loaded only where a provider needs it.
 * The file is read anew for each token, so that a rotated key is taken up.
 */
final class GoogleTokenSource implements Callable<CredentialCache.Lease<Map<String, String>>> {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    private final @Nullable Path file;

    /** @param file null: wherever the library looks */
    GoogleTokenSource(@Nullable Path file) {
        this.file = file;
    }

    /** Blocks. */
    @SuppressWarnings("JavaUtilDate") // the library tells it so
    @Override
    public CredentialCache.Lease<Map<String, String>> call() throws IOException {
        GoogleCredentials credentials = credentials().createScoped(SCOPE);
        credentials.refresh();
        AccessToken token = credentials.getAccessToken();
        if (token == null || token.getTokenValue() == null) {
            throw new IOException("Google issued no access token");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("authorization", "Bearer " + token.getTokenValue());
        if (credentials.getQuotaProjectId() != null) {
            headers.put("x-goog-user-project", credentials.getQuotaProjectId());
        }
        return new CredentialCache.Lease<>(
                headers,
                token.getExpirationTime() == null
                        ? null
                        : token.getExpirationTime().toInstant().toEpochMilli());
    }

    private GoogleCredentials credentials() throws IOException {
        if (file == null) {
            return GoogleCredentials.getApplicationDefault();
        }
        if (!Files.isReadable(file)) {
            throw new IOException("google.credentials names a file that can't be read: " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return GoogleCredentials.fromStream(in);
        }
    }
}

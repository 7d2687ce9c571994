package dev.tierway.adapter.providers.azure;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where a deployment answers: below its name at a dated version, or by the body's model at the v1 surface. */
record DeploymentPath(@Nullable String apiVersion) {
    String of(String endpoint, String deployment) {
        return apiVersion == null
                ? "openai/v1/" + endpoint
                : "openai/deployments/" + encoded(deployment) + "/" + endpoint + "?api-version=" + apiVersion;
    }

    /** The resource's own address: what the portal or an SDK's example adds to it is taken off. */
    static URI resource(URI given) {
        return URI.create(given.toString().replaceFirst("/openai(/v1)?/*$", "").replaceFirst("/+$", ""));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package dev.tierway.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What deployments on Azure, AWS and Google Cloud say beside an address and a key. */
final class LiteLlmClouds {
    private LiteLlmClouds() {}

    static void add(
            ProviderKind kind, LiteLlmSection params, Map<String, Object> account, boolean hasKey, String prefix) {
        if (kind == ProviderKind.AZURE_OPENAI) {
            azure(params, account, hasKey, prefix);
        } else if (kind == ProviderKind.BEDROCK) {
            aws(params, account, prefix);
        } else if (kind == ProviderKind.VERTEX) {
            google(params, account);
        } else if (params.has("api_version")) {
            params.left("api_version", "means something for azure/ only");
        }
    }

    private static void azure(LiteLlmSection params, Map<String, Object> account, boolean hasKey, String prefix) {
        Map<String, Object> azure = new LinkedHashMap<>();
        String version = params.text("api_version");
        if (version != null && !version.equals("preview") && !version.equals("latest") && !version.equals("v1")) {
            azure.put("api-version", version);
            params.carried("api_version", "→ the provider's azure.api-version");
        } else if (version != null) {
            params.carried("api_version", "is the v1 surface, which Tierway uses where no version is written");
        }
        if (!hasKey) {
            put(params, "tenant_id", azure, "tenant", null);
            put(params, "client_id", azure, "client", null);
            put(params, "client_secret", azure, "client-secret", prefix + "_CLIENT_SECRET");
        }
        put(params, "azure_scope", azure, "scope", null);
        if (params.has("azure_ad_token")) {
            params.left(
                    "azure_ad_token",
                    "ends within the hour: write azure: { tenant, client, client-secret } or { managed-identity:"
                            + " true }");
            if (azure.get("tenant") == null) {
                azure.put("managed-identity", true);
            }
        }
        if (!azure.isEmpty()) {
            account.put("azure", azure);
        }
    }

    private static void aws(LiteLlmSection params, Map<String, Object> account, String prefix) {
        Map<String, Object> aws = new LinkedHashMap<>();
        String region = params.has("aws_region_name") ? "aws_region_name" : "region_name";
        if (params.has(region)) {
            put(params, region, aws, "region", null);
        } else {
            aws.put("region", params.report().usual("AWS_REGION"));
            params.changed("model", "says no aws_region_name: taken from the variable AWS_REGION");
        }
        put(params, "aws_profile_name", aws, "profile", null);
        put(params, "aws_access_key_id", aws, "access-key", prefix + "_ACCESS_KEY_ID");
        put(params, "aws_secret_access_key", aws, "secret-key", prefix + "_SECRET_ACCESS_KEY");
        put(params, "aws_session_token", aws, "session-token", prefix + "_SESSION_TOKEN");
        account.put("aws", aws);
        String endpoint = params.text("aws_bedrock_runtime_endpoint");
        if (endpoint != null) {
            account.put("base-url", endpoint);
            params.carried("aws_bedrock_runtime_endpoint", "→ the provider's base-url");
        }
        for (String key : List.of("aws_role_name", "aws_session_name", "aws_web_identity_token", "aws_sts_endpoint")) {
            if (params.has(key)) {
                params.left(
                        key,
                        "write a profile with that role into the shared AWS configuration and name it: aws.profile");
            }
        }
    }

    private static void google(LiteLlmSection params, Map<String, Object> account) {
        Map<String, Object> google = new LinkedHashMap<>();
        if (params.has("vertex_project")) {
            put(params, "vertex_project", google, "project", null);
        } else {
            google.put("project", params.report().usual("VERTEXAI_PROJECT"));
            params.changed("model", "says no vertex_project: taken from the variable VERTEXAI_PROJECT");
        }
        put(params, "vertex_location", google, "location", null);
        if (params.take("vertex_credentials") instanceof Node.Scalar file) {
            if (file.raw().strip().startsWith("{")) {
                params.left(
                        "vertex_credentials",
                        "is a key written out: put it into a file and name that in google.credentials");
            } else {
                google.put("credentials", params.report().plain(file));
                params.carried("vertex_credentials", "→ google.credentials, which names a file");
            }
        }
        account.put("google", google);
    }

    /** @param secret the variable for a value that was written out; null: it is no secret */
    private static void put(
            LiteLlmSection params, String key, Map<String, Object> target, String name, @Nullable String secret) {
        String value = secret == null ? params.text(key) : params.secret(key, secret);
        if (value != null) {
            target.put(name, value);
            params.carried(key, "→ the provider's " + name + (secret == null ? "" : ": " + value));
        }
    }
}

package dev.tierway.adapter.providers;

import org.jspecify.annotations.Nullable;

/**
 * An account at Amazon Web Services. Without a key and a profile, credentials come from where the AWS SDK looks for them:
 * environment, web identity, shared files, container, instance.
 *
 * @param region whose endpoint is called and signed for, e.g. {@code eu-central-1}
 * @param profile of the shared credentials file; null for none
 * @param accessKey null if the credentials come from elsewhere
 * @param secretKey null if the credentials come from elsewhere
 * @param sessionToken of temporary credentials; null for others
 */
public record AwsSettings(
        String region,
        @Nullable String profile,
        @Nullable Secret accessKey,
        @Nullable Secret secretKey,
        @Nullable Secret sessionToken) {
    /** @throws IllegalArgumentException if they contradict each other */
    public AwsSettings {
        if (!region.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("aws.region must be a region's id, e.g. eu-central-1");
        }
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException("aws.access-key and aws.secret-key belong together: give both or none");
        }
        if (sessionToken != null && accessKey == null) {
            throw new IllegalArgumentException("aws.session-token means nothing without access-key and secret-key");
        }
        if (profile != null && accessKey != null) {
            throw new IllegalArgumentException("aws has both a profile and an access-key: keep one of them");
        }
    }

    /** Credentials from where the AWS SDK looks for them. */
    public static AwsSettings in(String region) {
        return new AwsSettings(region, null, null, null, null);
    }
}

package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.AwsSettings;
import dev.tierway.adapter.providers.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code providers[].aws}. */
final class AwsSection {
    static final Key<String> REGION = Key.required(
            "region",
            Scalars.matching("a region's id", "^[a-z0-9-]{1,64}$", AwsSection::region),
            "Whose endpoint is called, and what requests are signed for, e.g. `eu-central-1`.");
    static final Key<String> PROFILE =
            Key.optional("profile", Scalars.TEXT, "Of the shared AWS configuration and credentials files.");
    static final Key<Secret> ACCESS_KEY =
            Key.optional("access-key", Scalars.SECRET, "The access key's id. Needs `secret-key`.");
    static final Key<Secret> SECRET_KEY = Key.optional("secret-key", Scalars.SECRET, "The secret access key.");
    static final Key<Secret> SESSION_TOKEN =
            Key.optional("session-token", Scalars.SECRET, "Of temporary credentials, beside both keys.");

    static final Section<AwsSettings> SECTION = Section.of(
            "aws",
            "The account at AWS, for kind `bedrock`. Without keys and a profile (and without an `api-key`, which is a"
                    + " Bedrock API key), credentials come from where the AWS SDK looks for them: environment, web"
                    + " identity, shared files, container, instance; they are renewed before they end.",
            List.of(REGION, PROFILE, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN),
            v -> new AwsSettings(
                    v.value(REGION), v.get(PROFILE), v.get(ACCESS_KEY), v.get(SECRET_KEY), v.get(SESSION_TOKEN)));

    private AwsSection() {}

    private static String region(String text) {
        if (!text.matches("[a-z0-9-]{1,64}")) {
            throw new Unfit("is not a region's id", "write e.g. eu-central-1");
        }
        return text;
    }

    /** Without keys, which are absent rather than masked. */
    static @Nullable Map<String, Object> shown(@Nullable AwsSettings aws) {
        return aws == null
                ? null
                : new Shown()
                        .put(REGION, aws.region())
                        .put(PROFILE, aws.profile())
                        .map();
    }
}

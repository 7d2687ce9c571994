package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.GoogleSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code providers[].google}. */
final class GoogleSection {
    static final Key<String> PROJECT = Key.required(
            "project",
            Scalars.matching("a project's id", "^[a-z0-9.:-]{1,100}$", GoogleSection::project),
            "Whose account is used and billed.");
    static final Key<String> LOCATION = Key.optional(
                    "location",
                    Scalars.matching("a location's id", "^[a-z0-9-]{1,64}$", GoogleSection::location),
                    "Where models run, e.g. `europe-west4`, `eu` or `global`.")
            .or(GoogleSettings.ANYWHERE);
    static final Key<Path> CREDENTIALS = Key.optional(
                    "credentials",
                    StorageSection.file(),
                    "File with the key of a service account, or another of Google's credential files.")
            .absentMeans("where Google's library looks: `GOOGLE_APPLICATION_CREDENTIALS`, gcloud's file, the machine's"
                    + " identity");

    static final Section<GoogleSettings> SECTION = Section.of(
            "google",
            "The project at Google Cloud, for kind `vertex`. Access tokens are fetched by Google's library and renewed"
                    + " before they end; with an `api-key` none are needed.",
            List.of(PROJECT, LOCATION, CREDENTIALS),
            v -> new GoogleSettings(v.value(PROJECT), v.value(LOCATION), v.get(CREDENTIALS)));

    private GoogleSection() {}

    private static String project(String text) {
        if (!text.matches("[a-z0-9.:-]{1,100}")) {
            throw new Unfit("is not a project's id", "write e.g. my-project-123");
        }
        return text;
    }

    private static String location(String text) {
        if (!text.matches("[a-z0-9-]{1,64}")) {
            throw new Unfit("is not a location's id", "write e.g. europe-west4 or global");
        }
        return text;
    }

    /** What the kinds of Google's need, and what means nothing for them or for others. */
    static void check(ProviderKind kind, Values v) {
        boolean vertex = kind == ProviderKind.VERTEX;
        if (!vertex && v.has(ProviderSection.GOOGLE)) {
            v.error(
                    ProviderSection.GOOGLE,
                    "means nothing for kind '" + kind.id() + "'",
                    "remove it, or write kind: vertex");
        }
        if (vertex && !v.has(ProviderSection.GOOGLE)) {
            v.error(
                    ProviderSection.ID,
                    "kind 'vertex' needs a project",
                    "add google: { project: my-project, location: global }");
        }
        GoogleSettings google = v.get(ProviderSection.GOOGLE);
        if (google != null && google.credentials() != null && v.has(ProviderSection.API_KEY)) {
            v.error(
                    ProviderSection.API_KEY,
                    "is a credential, and google.credentials names another",
                    "keep one of them");
        }
        if (vertex || kind == ProviderKind.GEMINI) {
            for (Key<?> key :
                    List.of(ProviderSection.REPORTS_USAGE, ProviderSection.PROBE, ProviderSection.USAGE_PROBE)) {
                if (v.has(key)) {
                    v.error(key, "means nothing for kind '" + kind.id() + "'", "remove it");
                }
            }
        }
    }

    /** The file's path, not what it holds. */
    static @Nullable Map<String, Object> shown(@Nullable GoogleSettings google) {
        return google == null
                ? null
                : new Shown()
                        .put(PROJECT, google.project())
                        .put(LOCATION, google.location())
                        .put(
                                CREDENTIALS,
                                google.credentials() == null
                                        ? null
                                        : google.credentials().toString())
                        .map();
    }
}

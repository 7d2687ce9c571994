package dev.tierway.adapter.providers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A project at Google Cloud. Without a file, credentials come from where Google's library looks for them: the variable
 * {@code GOOGLE_APPLICATION_CREDENTIALS}, gcloud's file, the machine's own identity.
 *
 * @param project whose account is used and billed
 * @param location where the model runs, e.g. {@code europe-west4}, {@code eu} or {@code global}
 * @param credentials a file with the key of a service account, or another of Google's credential files; null for none
 */
public record GoogleSettings(
        String project, String location, @Nullable Path credentials) {
    public static final String ANYWHERE = "global";

    /** @throws IllegalArgumentException for what can't be a project or a location */
    public GoogleSettings {
        if (!project.matches("[a-z0-9.:-]{1,100}")) {
            throw new IllegalArgumentException("google.project must be a project's id, e.g. my-project-123");
        }
        if (!location.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("google.location must be a location's id, e.g. europe-west4 or global");
        }
    }
}

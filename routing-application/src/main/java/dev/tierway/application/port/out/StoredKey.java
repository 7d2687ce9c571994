package dev.tierway.application.port.out;

import dev.tierway.application.access.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is stored.
 *
 * @param secrets that open it, or did; the newest last
 * @param author who made it
 * @param note in the author's words; null: none
 * @param expiresEpochMillis when it ends by itself; null: not by itself
 * @param revokedEpochMillis when it was taken away; null: it wasn't
 */
public record StoredKey(
        String id,
        Grant grant,
        List<KeySecret> secrets,
        String author,
        @Nullable String note,
        long createdEpochMillis,
        @Nullable Long expiresEpochMillis,
        @Nullable Long revokedEpochMillis) {
    public StoredKey {
        secrets = List.copyOf(secrets);
    }

    public StoredKey withSecrets(List<KeySecret> others) {
        return new StoredKey(
                id, grant, others, author, note, createdEpochMillis, expiresEpochMillis, revokedEpochMillis);
    }

    public StoredKey revoked(long epochMillis) {
        return new StoredKey(id, grant, secrets, author, note, createdEpochMillis, expiresEpochMillis, epochMillis);
    }
}

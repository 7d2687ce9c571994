package dev.tierway.application.port.in;

import dev.tierway.application.access.Grant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes API keys and takes them away, on all instances that share the storage.
 *
 * <p>Stages complete once it is durable and in force here; other instances follow within seconds. They fail with
 * {@link dev.tierway.application.error.InvalidRequestException} saying what is wrong, which is also thrown at once, and with
 * {@link dev.tierway.application.error.OverloadedException} if the storage didn't confirm it in time.
 */
public interface ManageKeys {
    CompletionStage<KeyReceipt> create(NewKey key);

    /** All there are, by id. */
    CompletionStage<List<KeyStatus>> keys();

    /**
     * Gives a key a new secret.
     *
     * @param secret brought along; null: one is drawn
     * @param overlap how long the secrets it had work on; zero: not at all
     */
    CompletionStage<KeyReceipt> rotate(String id, @Nullable String secret, Duration overlap, String author);

    /**
     * Takes a key away for ever: its id is never given again.
     *
     * @param reason for colleagues; null: none
     */
    CompletionStage<KeyStatus> revoke(String id, @Nullable String reason, String author);

    /**
     * A key that shall be.
     *
     * @param secret brought along; null: one is drawn
     * @param lasting null: until it is revoked
     * @param note for colleagues; null: none
     */
    record NewKey(
            String id,
            @Nullable String secret,
            Grant grant,
            @Nullable Duration lasting,
            @Nullable String note,
            String author) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "NewKey[" + id + "]";
        }
    }

    /**
     * A key with a new secret.
     *
     * @param secret shown this once: it is kept nowhere; null if it was brought along
     * @param warnings what may not have been expected, in sentences
     */
    record KeyReceipt(KeyStatus key, @Nullable String secret, List<String> warnings) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "KeyReceipt[" + key.id() + "]";
        }
    }
}

package dev.tierway.application.port.out;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * API keys, kept for restarts and for the other instances: of each id the latest state. None is ever forgotten, so that no id
 * is given twice.
 *
 * <p>Numbers count up, and nobody who has seen one ever learns of a lower one later: a store whose transactions may commit in
 * another order than they take numbers has to keep writers apart.
 */
public interface ApiKeyStore extends AutoCloseable {
    /**
     * Stores it in place of what it was changed from.
     *
     * @param was the number of that; 0: there must be no key of that id
     * @return its number once it is durable; empty if somebody changed it meanwhile
     */
    CompletionStage<Optional<Long>> put(StoredKey key, long was);

    /** Those with a higher number, ascending; from everybody who uses the same storage. */
    CompletionStage<List<NumberedKey>> after(long number);

    /** Keeps when keys were last used, unless a later time is kept. */
    CompletionStage<@Nullable Void> used(Map<String, Long> epochMillisById);

    /** When keys were last used, by id. */
    CompletionStage<Map<String, Long>> lastUses();

    @Override
    void close();
}

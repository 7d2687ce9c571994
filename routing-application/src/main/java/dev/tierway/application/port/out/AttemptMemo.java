package dev.tierway.application.port.out;

import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose attempt it is and where it goes: what a row of the account book needs if nobody ever says how the attempt ended.
 *
 * @param atEpochMillis when it began
 * @param key the API key's id; null without one
 * @param agent as the caller named it; null if it didn't; likewise the rest
 * @param priceVersion which price the estimate is by; null if the price is unknown
 */
public record AttemptMemo(
        AttemptId attempt,
        String requestId,
        ReplicaId replica,
        ProviderId provider,
        ModelId model,
        long atEpochMillis,
        @Nullable String key,
        @Nullable String agent,
        @Nullable String workflow,
        @Nullable String user,
        Map<String, String> tags,
        @Nullable String priceVersion) {
    public AttemptMemo {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
}

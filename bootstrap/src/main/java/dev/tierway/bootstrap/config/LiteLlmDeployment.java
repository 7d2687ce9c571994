package dev.tierway.bootstrap.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of LiteLLM's {@code model_list} on its way to be a replica.
 *
 * @param group what clients ask for
 * @param said its {@code litellm_params}
 * @param provider the id of its provider
 * @param embeds whether it serves embeddings; else chats
 * @param known what is known of its model
 * @param order smaller ones are asked first; null: unsaid
 * @param weight its share; null: unsaid
 * @param replica what a replica here says of it, but for id, weight and phase
 */
record LiteLlmDeployment(
        String group,
        LiteLlmSection said,
        String provider,
        boolean embeds,
        LiteLlmFacts known,
        @Nullable BigDecimal order,
        Shares weight,
        @Nullable String id,
        Map<String, Object> replica) {
    /** What LiteLLM's simple-shuffle draws by: the first of these that a group's first deployment has. */
    record Shares(
            @Nullable BigDecimal weight,
            @Nullable BigDecimal rpm,
            @Nullable BigDecimal tpm) {}

    LiteLlmDeployment {
        replica = new LinkedHashMap<>(replica);
    }
}

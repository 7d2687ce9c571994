package dev.tierway.adapter.persistence.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fleet.FleetHint;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A hint on its way: {@code {"i": instance, "k": "rest"|"open", "p": provider, "r": replica, "ms": for how long}}. */
record HintMessage(String instance, FleetHint hint) {
    private static final int LONGEST = 2048;
    private static final ObjectMapper JSON = new ObjectMapper();

    static String text(String instance, FleetHint hint) {
        ObjectNode node = JSON.createObjectNode().put("i", instance);
        switch (hint) {
            case FleetHint.Resting resting -> {
                node.put("k", "rest").put("p", resting.provider().value());
                ReplicaId replica = resting.replica();
                if (replica != null) {
                    node.put("r", replica.value());
                }
                node.put("ms", Math.max(1, TimeUnit.NANOSECONDS.toMillis(resting.forNanos())));
            }
            case FleetHint.Distrusted(ReplicaId replica) ->
                node.put("k", "open").put("r", replica.value());
        }
        return node.toString();
    }

    /** Null if it is none. */
    static @Nullable HintMessage of(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException garbage) {
            return null;
        }
        String instance = node.path("i").textValue();
        FleetHint hint = hint(node);
        return instance == null || hint == null ? null : new HintMessage(instance, hint);
    }

    private static @Nullable FleetHint hint(JsonNode node) {
        String replica = node.path("r").textValue();
        String provider = node.path("p").textValue();
        String kind = node.path("k").textValue();
        if ("open".equals(kind) && replica != null) {
            return new FleetHint.Distrusted(new ReplicaId(replica));
        }
        long millis = node.path("ms").asLong();
        if ("rest".equals(kind) && provider != null && millis > 0) {
            long nanos = Math.min(FleetHint.MOST_NANOS, TimeUnit.MILLISECONDS.toNanos(millis));
            return new FleetHint.Resting(
                    new ProviderId(provider), replica == null ? null : new ReplicaId(replica), nanos);
        }
        return null;
    }
}

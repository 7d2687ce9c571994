package dev.tierway.adapter.persistence.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept with a reservation in case nobody ever ends it.
 *
 * @param estimate what stays charged
 */
record StoredMemo(AttemptMemo memo, Amounts estimate) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static String text(Reservation reservation) {
        AttemptMemo memo = reservation.memo();
        Amounts estimate = reservation.estimate();
        ObjectNode node = JSON.createObjectNode();
        node.put("c", memo.attempt().callId()).put("n", memo.attempt().n());
        node.put("q", memo.requestId()).put("r", memo.replica().value());
        node.put("p", memo.provider().value()).put("m", memo.model().value());
        node.put("t", memo.atEpochMillis());
        put(node, "k", memo.key());
        put(node, "a", memo.agent());
        put(node, "w", memo.workflow());
        put(node, "u", memo.user());
        put(node, "v", memo.priceVersion());
        if (!memo.tags().isEmpty()) {
            ObjectNode tags = node.putObject("g");
            memo.tags().forEach(tags::put);
        }
        ArrayNode amounts = node.putArray("e");
        amounts.add(estimate.requests()).add(estimate.inputTokens()).add(estimate.outputTokens());
        amounts.add(estimate.cost().value()).add(estimate.expectedCost().value());
        return node.toString();
    }

    /** @throws StoreException if it isn't one of ours */
    static StoredMemo of(String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new StoreException("a reservation's memo in Redis can't be read: a newer version's?", e);
        }
        Map<String, String> tags = new LinkedHashMap<>();
        node.path("g")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        JsonNode amounts = node.path("e");
        AttemptMemo memo = new AttemptMemo(
                new AttemptId(node.path("c").asText(), node.path("n").asInt()),
                node.path("q").asText(),
                new ReplicaId(node.path("r").asText()),
                new ProviderId(node.path("p").asText()),
                new ModelId(node.path("m").asText()),
                node.path("t").asLong(),
                text(node, "k"),
                text(node, "a"),
                text(node, "w"),
                text(node, "u"),
                tags,
                text(node, "v"));
        return new StoredMemo(
                memo,
                new Amounts(
                        amounts.path(0).asLong(),
                        amounts.path(1).asLong(),
                        amounts.path(2).asLong(),
                        new NanoUsd(amounts.path(3).asLong()),
                        new NanoUsd(amounts.path(4).asLong())));
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).textValue();
    }
}

package dev.tierway.adapter.persistence.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.access.FixedValues;
import dev.tierway.application.access.Grant;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.access.LimitNames;
import dev.tierway.application.port.out.KeySecret;
import dev.tierway.application.port.out.StoredKey;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.routing.Allowed;
import dev.tierway.domain.routing.Constraints;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A key as the document that stores keep. What isn't there isn't written. */
public final class StoredKeyJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private StoredKeyJson() {}

    public static String write(StoredKey key) {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("id", key.id());
        Grant grant = key.grant();
        texts(json.putArray("scopes"), grant.scopes().stream().map(KeyScope::id).toList());
        Allowed allowed = grant.allowed();
        texts(
                json.putArray("tiers"),
                allowed.tiers().stream().map(ModelTier::id).toList());
        texts(json.putArray("models"), allowed.models());
        texts(json.putArray("replicas"), allowed.replicas());
        texts(json.putArray("tags"), allowed.tags());
        FixedValues fixed = grant.fixed();
        ObjectNode values = json.putObject("fixed");
        values.put("local", fixed.local().name());
        values.put("agent", fixed.agent());
        values.put("workflow", fixed.workflow());
        values.put("user", fixed.user());
        ObjectNode tags = values.putObject("tags");
        fixed.tags().forEach(tags::put);
        ObjectNode limits = json.putObject("limits");
        LimitNames.of(grant.limits()).forEach(limits::put);
        ArrayNode secrets = json.putArray("secrets");
        key.secrets()
                .forEach(secret -> secrets.addObject()
                        .put("digest", secret.digest())
                        .put("pepper", secret.pepper())
                        .put("hint", secret.hint())
                        .put("until", secret.untilEpochMillis()));
        json.put("author", key.author());
        json.put("note", key.note());
        json.put("created", key.createdEpochMillis());
        json.put("expires", key.expiresEpochMillis());
        json.put("revoked", key.revokedEpochMillis());
        return json.toString();
    }

    private static void texts(ArrayNode to, List<String> texts) {
        texts.forEach(to::add);
    }

    /** @throws StoreException if it isn't understood */
    public static StoredKey read(String document) {
        try {
            JsonNode json = JSON.readTree(document);
            if (json.path("version").asInt() != VERSION) {
                throw new StoreException("a stored API key isn't understood: was it written by a newer Tierway?");
            }
            return new StoredKey(
                    json.path("id").asText(),
                    grant(json),
                    secrets(json.path("secrets")),
                    json.path("author").asText(),
                    text(json, "note"),
                    json.path("created").asLong(),
                    number(json, "expires"),
                    number(json, "revoked"));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new StoreException("a stored API key isn't understood: was it written by a newer Tierway?", e);
        }
    }

    private static Grant grant(JsonNode json) {
        Set<KeyScope> scopes = EnumSet.noneOf(KeyScope.class);
        texts(json, "scopes").forEach(id -> scopes.add(KeyScope.parse(id)));
        JsonNode values = json.path("fixed");
        TreeMap<String, String> tags = new TreeMap<>();
        values.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        List<Limit> limits = new ArrayList<>();
        json.path("limits")
                .properties()
                .forEach(limit -> limits.add(
                        LimitNames.limit(limit.getKey(), limit.getValue().asLong())));
        return new Grant(
                scopes,
                new Allowed(
                        texts(json, "tiers").stream().map(ModelTier::parse).toList(),
                        texts(json, "models"),
                        texts(json, "replicas"),
                        texts(json, "tags")),
                new FixedValues(
                        Constraints.Local.valueOf(values.path("local").asText()),
                        text(values, "agent"),
                        text(values, "workflow"),
                        text(values, "user"),
                        tags),
                limits);
    }

    private static List<KeySecret> secrets(JsonNode list) {
        List<KeySecret> secrets = new ArrayList<>();
        list.forEach(one -> secrets.add(new KeySecret(
                one.path("digest").asText(), one.path("pepper").asText(), text(one, "hint"), number(one, "until"))));
        return secrets;
    }

    private static List<String> texts(JsonNode json, String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isTextual() ? value.textValue() : null;
    }

    private static @Nullable Long number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isNumber() ? (Long) value.longValue() : null;
    }
}

package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.config.ConfigGeneration;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configuration that was in force, as JSON. */
final class GenerationText {
    private GenerationText() {}

    static Map<String, @Nullable Object> of(ConfigGeneration generation) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("generation", generation.number());
        json.put("at", Instant.ofEpochMilli(generation.atEpochMillis()).toString());
        json.put("origin", generation.order().origin().id());
        json.put("author", generation.order().author());
        json.put("reason", generation.order().reason());
        json.put("instance", generation.instance());
        json.put("rollback_to", generation.rollbackTo());
        json.put("hash", generation.hash());
        json.put("file", generation.file());
        json.put("incomplete", generation.incomplete());
        String document = generation.document();
        json.put("config", document == null ? null : Json.document(document.getBytes(StandardCharsets.UTF_8)));
        return json;
    }
}

package dev.tierway.bootstrap.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Good configurations with values moved, removed and exchanged: well-formed, and wrong in meaning. */
final class MutatedTrees {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e99",
            "[]",
            "{}",
            "[null]",
            "{\"a\":1}",
            "\"\"",
            "\" \"",
            "\"big\"",
            "\"fake\"",
            "\"vendor\"",
            "\"tier:mid\"",
            "\"tier:\"",
            "\"default\"",
            "\"any\"",
            "\"${PORT}\"",
            "\"0s\"",
            "\"5m\"",
            "\"50%\"",
            "\"memory\"",
            "\"auto\"",
            "\"*\"",
            "\"simulated\"",
            "\"openai-compatible\"",
            "\"http://u:p@h\"",
            "\"\\u0000\"");

    private MutatedTrees() {}

    static String json(long seed, int times) {
        return json(Configs.everything(), seed, times);
    }

    static String json(String yaml, long seed, int times) {
        SplittableRandom random = new SplittableRandom(seed);
        try {
            JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(yaml);
            for (int i = 0; i < times; i++) {
                mutate(root, random);
            }
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void mutate(JsonNode root, SplittableRandom random) throws JsonProcessingException {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode value = random.nextBoolean()
                ? JSON.readTree(VALUES.get(random.nextInt(VALUES.size())))
                : containers.get(random.nextInt(containers.size())).deepCopy();
        switch (containers.get(random.nextInt(containers.size()))) {
            case ObjectNode object
            when !object.isEmpty() -> {
                List<String> keys = new ArrayList<>();
                object.fieldNames().forEachRemaining(keys::add);
                String key = keys.get(random.nextInt(keys.size()));
                if (random.nextInt(4) == 0) {
                    object.remove(key);
                } else {
                    object.set(key, value);
                }
            }
            case ArrayNode array when !array.isEmpty() -> array.set(random.nextInt(array.size()), value);
            case ArrayNode array -> array.add(value);
            case JsonNode other -> ((ObjectNode) other).set("id", value);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}

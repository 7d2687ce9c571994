package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tierway.ConfigProblem;
import dev.tierway.ConfigProblem.Severity;
import dev.tierway.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigSchemaTest {
    private static final String FILE = "src/main/resources/dev/tierway/tierway.schema.json";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Committed.read(FILE));

    @Test
    void the_schema_that_ships_is_made_from_the_keys_the_parser_reads() {
        Committed.assertUpToDate(FILE, SchemaWriter.write());
    }

    @ParameterizedTest
    @MethodSource
    void schema_and_parser_accept(Path good) throws IOException {
        assertThat(schemaErrors(good)).isEmpty();
        assertThat(parserErrors(good)).isEmpty();
    }

    static Stream<Path> schema_and_parser_accept() {
        return Configs.files("good");
    }

    @ParameterizedTest
    @MethodSource
    void schema_and_parser_refuse(Path bad) throws IOException {
        assertThat(schemaErrors(bad)).isNotEmpty();
        assertThat(parserErrors(bad)).isNotEmpty();
    }

    static Stream<Path> schema_and_parser_refuse() {
        return Configs.files("bad");
    }

    @ParameterizedTest
    @MethodSource
    void the_parser_alone_refuses_what_no_schema_can_say(Path bad) throws IOException {
        assertThat(schemaErrors(bad)).isEmpty();
        assertThat(parserErrors(bad)).isNotEmpty();
    }

    static Stream<Path> the_parser_alone_refuses_what_no_schema_can_say() {
        return Configs.files("bad-in-meaning");
    }

    @Test
    void the_configuration_with_everything_has_every_key_of_the_schema() throws IOException {
        Set<String> inSchema = new TreeSet<>();
        JsonNode schema = new ObjectMapper().readTree(Committed.read(FILE));
        schema.path("properties").fieldNames().forEachRemaining(inSchema::add);
        schema.path("$defs").forEach(def -> def.path("properties").fieldNames().forEachRemaining(inSchema::add));
        Set<String> used = new TreeSet<>();
        // Stores exclude each other: what only one of them has stands in a file of its own.
        for (String text : List.of(Configs.everything(), Configs.sharedLimits(), Configs.postgresql())) {
            for (ObjectNode object : objects(YAML.readTree(text))) {
                object.fieldNames().forEachRemaining(used::add);
            }
        }

        // Either of two.
        inSchema.remove("latency-value");
        assertThat(used).containsAll(inSchema);
    }

    @Test
    void every_key_misspelt_is_refused_by_schema_and_parser_alike() throws IOException {
        JsonNode everything = YAML.readTree(Configs.everything());
        int places = objects(everything).size();
        for (int i = 0; i < places; i++) {
            List<String> keys = new ArrayList<>();
            objects(everything).get(i).fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                JsonNode copy = everything.deepCopy();
                ObjectNode object = objects(copy).get(i);
                JsonNode value = object.remove(key);
                object.set(key + "~", value);
                String text = copy.toString();

                assertThat(SCHEMA.validate(copy)).as(key).isNotEmpty();
                assertThat(errors(GatewayConfig.validate(text, Configs.ENVIRONMENT)))
                        .as(key)
                        .isNotEmpty();
            }
        }
    }

    private static List<ObjectNode> objects(JsonNode node) {
        List<ObjectNode> found = new ArrayList<>();
        // What stands under names of the operator's choice has no keys to misspell.
        if (node instanceof ObjectNode object) {
            found.add(object);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (Set.of("routes", "named", "workflows").contains(entry.getKey())
                    || (entry.getKey().equals("agents") && node.has("allow"))) {
                entry.getValue().forEach(route -> found.addAll(objects(route)));
            } else if (!Set.of("headers", "quality", "tags", "tiers").contains(entry.getKey())) {
                found.addAll(objects(entry.getValue()));
            }
        }
        if (node.isArray()) {
            node.forEach(item -> found.addAll(objects(item)));
        }
        return found;
    }

    private static List<Error> schemaErrors(Path file) throws IOException {
        ObjectMapper format = file.toString().endsWith(".json") ? new ObjectMapper() : YAML;
        return SCHEMA.validate(format.readTree(resolvedAliases(Files.readString(file))));
    }

    /** Jackson's tree model doesn't follow aliases; the corpus has two. */
    private static String resolvedAliases(String yaml) {
        return yaml.replaceAll("&all |&slow ", "")
                .replace("*slow", "{ first-token: 60s }")
                .replace("*all", "[chat, code]");
    }

    private static List<ConfigProblem> parserErrors(Path file) {
        return errors(GatewayConfig.validate(file, Configs.ENVIRONMENT));
    }

    private static List<ConfigProblem> errors(List<ConfigProblem> problems) {
        return problems.stream().filter(p -> p.severity() == Severity.ERROR).toList();
    }
}

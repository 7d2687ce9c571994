package dev.tierway.bootstrap.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the JSON Schema that ships from the keys the parser reads. */
final class SchemaWriter {
    private static final Map<String, Object> PLACEHOLDER = ref("placeholder");

    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private SchemaWriter() {
        Map<String, Object> placeholder = new LinkedHashMap<>();
        placeholder.put(
                "description", "Holds ${NAME} or ${file:PATH}, which is put in before anything else is checked.");
        placeholder.put("type", "string");
        placeholder.put("pattern", "\\$\\{[^}]+\\}");
        definitions.put("placeholder", placeholder);
    }

    static String write() {
        SchemaWriter writer = new SchemaWriter();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Configuration of a Tierway gateway");
        schema.putAll(writer.keysOf(RootSection.SECTION));
        schema.put("$defs", writer.definitions);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try {
            return new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writer(printer)
                            .writeValueAsString(schema)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> schemaOf(Shape<?> shape) {
        return switch (shape) {
            case ScalarShape<?> scalar -> scalar(scalar);
            case JsonShape any -> new LinkedHashMap<>(Map.of("not", Map.of("type", "null")));
            case ListShape<?> list -> {
                Map<String, Object> schema = new LinkedHashMap<>();
                schema.put("type", "array");
                if (list.fewest() > 0) {
                    schema.put("minItems", list.fewest());
                }
                schema.put("items", schemaOf(list.item()));
                yield schema;
            }
            case MapShape<?, ?> map -> {
                Map<String, Object> schema = new LinkedHashMap<>();
                schema.put("type", "object");
                schema.put("propertyNames", new TreeMap<>(map.name().schema()));
                schema.put("additionalProperties", schemaOf(map.value()));
                yield schema;
            }
            case OneOrMany<?> several -> {
                Map<String, Object> list = new LinkedHashMap<>();
                list.put("type", "array");
                list.put("minItems", 1);
                list.put("items", schemaOf(several.item()));
                yield new LinkedHashMap<>(Map.of("anyOf", List.of(schemaOf(several.item()), list)));
            }
            case ByName<?> named -> {
                List<Object> each = new ArrayList<>();
                named.known().values().forEach(section -> each.add(schemaOf(section)));
                each.add(schemaOf(named.other()));
                yield new LinkedHashMap<>(Map.of("anyOf", each));
            }
            case ShortForm<?, ?> either ->
                Map.of("anyOf", List.of(schemaOf(either.scalar()), schemaOf(either.section())));
            case Section<?> section -> {
                if (!definitions.containsKey(section.name())) {
                    definitions.put(section.name(), Map.of());
                    definitions.put(section.name(), keysOf(section));
                }
                yield ref(section.name());
            }
        };
    }

    private static Map<String, Object> scalar(ScalarShape<?> scalar) {
        Map<String, Object> schema = new TreeMap<>(scalar.schema());
        if (scalar.schema().equals(Scalars.TEXT.schema())) {
            return schema;
        }
        List<Object> choices = new ArrayList<>();
        if (schema.get("anyOf") instanceof List<?> several) {
            several.forEach(one -> choices.add(new TreeMap<>((Map<?, ?>) one)));
        } else {
            choices.add(schema);
        }
        choices.add(PLACEHOLDER);
        Map<String, Object> either = new LinkedHashMap<>();
        either.put("anyOf", choices);
        return either;
    }

    private Map<String, Object> keysOf(Section<?> section) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Key<?> key : section.keys()) {
            Map<String, Object> property = new LinkedHashMap<>(schemaOf(key.shape()));
            property.put("description", key.meaning());
            properties.put(key.name(), property);
            if (!key.mayBeLeftOut()) {
                required.add(key.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", section.meaning());
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        for (Section.OneOf group : section.groups()) {
            List<Object> each = new ArrayList<>();
            group.keys().forEach(key -> each.add(Map.of("required", List.of(key))));
            if (!group.needed()) {
                each.add(Map.of("not", Map.of("anyOf", List.copyOf(each))));
            }
            schema.put("oneOf", each);
        }
        return schema;
    }

    private static Map<String, Object> ref(String definition) {
        return Map.of("$ref", "#/$defs/" + definition);
    }
}

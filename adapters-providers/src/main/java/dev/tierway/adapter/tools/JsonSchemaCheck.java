package dev.tierway.adapter.tools;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.port.out.ArgumentCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks arguments by their JSON Schema, of draft 2020-12 unless it names another. Nothing is fetched from anywhere. */
public final class JsonSchemaCheck implements ArgumentCheck {
    /** More of them a model doesn't need to mend its call. */
    private static final int MOST_PROBLEMS = 10;

    private static final int MOST_SCHEMAS = 1000;

    private final ObjectMapper json = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Schema> eldest) {
            return size() > MOST_SCHEMAS;
        }
    });

    @Override
    public Checked check(@Nullable JsonText schema, String arguments) {
        String text = arguments.isBlank() ? "{}" : arguments;
        JsonNode given;
        try {
            given = json.readTree(text);
        } catch (JsonProcessingException wrong) {
            return new Checked.Misfit(false, List.of("they are no JSON: " + wrong.getOriginalMessage()));
        }
        if (!given.isObject()) {
            return new Checked.Misfit(false, List.of("they must be a JSON object"));
        }
        List<String> problems = schema == null ? List.of() : problems(schema.json(), given);
        return problems.isEmpty() ? new Checked.Fit(new JsonText(text)) : new Checked.Misfit(true, problems);
    }

    private List<String> problems(String schema, JsonNode given) {
        try {
            List<String> problems = new ArrayList<>();
            for (Error error :
                    schemas.computeIfAbsent(schema, registry::getSchema).validate(given)) {
                if (problems.size() < MOST_PROBLEMS) {
                    String where = String.valueOf(error.getInstanceLocation());
                    problems.add((where.isEmpty() ? "" : where + ": ") + error.getMessage());
                }
            }
            return problems;
        } catch (SchemaException unfit) {
            return List.of("the tool's own schema can't be used: " + unfit.getMessage());
        }
    }
}

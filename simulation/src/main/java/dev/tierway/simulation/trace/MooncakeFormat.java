package dev.tierway.simulation.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.simulation.Arrival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JSONL of the Mooncake traces (Qin et al., FAST 2025): one object per call. Members it doesn't need are passed
 * over, as later traces of that family carry more.
 */
final class MooncakeFormat implements LineFormat {
    static final String EXAMPLE =
            "{\"timestamp\": 27482, \"input_length\": 6955, \"output_length\": 52, \"hash_ids\": [46, 47]}";

    private static final long MOST_MILLIS = TimeUnit.DAYS.toMillis(36_500);
    private final JsonFactory json = new JsonFactory();

    @Override
    public Arrival arrival(String line) {
        Members members = new Members();
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("is no JSON object; expected one like " + EXAMPLE);
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                members.read(parser);
            }
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("goes on after its object; expected one call per line");
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no JSON (" + e.getOriginalMessage() + ")", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return members.arrival();
    }

    private static final class Members {
        private double millis = -1;
        private int input = -1;
        private int output = -1;
        private List<Long> blocks = List.of();

        void read(JsonParser parser) throws IOException {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "timestamp" -> millis = millis(parser, value);
                case "input_length" -> input = tokens(name, parser);
                case "output_length" -> output = tokens(name, parser);
                case "hash_ids" -> blocks = blocks(parser, value);
                default -> parser.skipChildren();
            }
        }

        private static double millis(JsonParser parser, JsonToken value) throws IOException {
            double millis = value.isNumeric() ? parser.getDoubleValue() : -1;
            if (!(millis >= 0 && millis <= MOST_MILLIS)) {
                throw new IllegalArgumentException(
                        "timestamp is " + parser.getText() + "; expected milliseconds since the trace's start");
            }
            return millis;
        }

        private static int tokens(String name, JsonParser parser) throws IOException {
            return LineFormat.tokens(name, parser.getText());
        }

        private static List<Long> blocks(JsonParser parser, JsonToken value) throws IOException {
            List<Long> blocks = new ArrayList<>();
            boolean whole = value == JsonToken.START_ARRAY;
            while (whole && parser.nextToken() != JsonToken.END_ARRAY) {
                whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
                if (whole) {
                    blocks.add(parser.getLongValue());
                }
            }
            if (!whole) {
                throw new IllegalArgumentException("hash_ids is no list of whole numbers");
            }
            return blocks;
        }

        Arrival arrival() {
            if (millis < 0 || input < 0 || output < 0) {
                throw new IllegalArgumentException("lacks "
                        + (millis < 0 ? "timestamp" : input < 0 ? "input_length" : "output_length")
                        + "; expected a line like " + EXAMPLE);
            }
            return new Arrival((long) (millis * TimeUnit.MILLISECONDS.toNanos(1)), input, output, blocks);
        }
    }
}

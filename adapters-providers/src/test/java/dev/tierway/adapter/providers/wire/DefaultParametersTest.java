package dev.tierway.adapter.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultParametersTest {
    private static final Map<String, JsonText> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("temperature", new JsonText("0.3"));
        DEFAULTS.put("options", new JsonText("{\"num_ctx\":8192,\"deep\":{\"a\":1}}"));
    }

    private static String into(String body) {
        return new String(
                DefaultParameters.into(body.getBytes(StandardCharsets.UTF_8), DEFAULTS), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{\"temperature\":0.3,\"options\":{\"num_ctx\":8192,\"deep\":{\"a\":1}}}",
                "{ \"x\" : [ 1 ] } |{ \"x\" : [ 1 ]"
                        + " ,\"temperature\":0.3,\"options\":{\"num_ctx\":8192,\"deep\":{\"a\":1}}}",
                "{\"temperature\":null,\"options\":1}|{\"temperature\":null,\"options\":1}",
                "{\"options\":{\"deep\":{},\"num_ctx\":1}}"
                        + "|{\"options\":{\"deep\":{\"a\":1},\"num_ctx\":1},\"temperature\":0.3}",
                "{\"m\":{\"temperature\":1},\"options\":{}}"
                    + "|{\"m\":{\"temperature\":1},\"options\":{\"num_ctx\":8192,\"deep\":{\"a\":1}},\"temperature\":0.3}",
            })
    void what_is_missing_is_put_in_and_nothing_else_changes(String body, String filled) {
        assertThat(into(body)).isEqualTo(filled);
    }

    @Test
    void characters_of_several_bytes_stay_whole() {
        assertThat(into("{\"wörter\":\"日本 \\u00e4\"}")).startsWith("{\"wörter\":\"日本 \\u00e4\",\"temperature\":0.3,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "no json", "", "{\"a\":"})
    void what_is_no_object_comes_back_as_it_is(String body) {
        assertThat(into(body)).isEqualTo(body);
    }
}

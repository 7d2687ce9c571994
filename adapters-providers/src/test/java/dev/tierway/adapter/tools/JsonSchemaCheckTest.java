package dev.tierway.adapter.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.chat.JsonText;
import dev.tierway.application.port.out.ArgumentCheck.Checked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaCheckTest {
    private static final JsonText SCHEMA = new JsonText(
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},"
                + "\"days\":{\"type\":\"integer\",\"minimum\":1}},\"required\":[\"city\"],\"additionalProperties\":false}");

    private final JsonSchemaCheck check = new JsonSchemaCheck();

    @Test
    void arguments_that_fit_pass_as_they_are() {
        assertThat(check.check(SCHEMA, "{\"city\":\"Bern\", \"days\":2}"))
                .isEqualTo(new Checked.Fit(new JsonText("{\"city\":\"Bern\", \"days\":2}")));
        assertThat(check.check(null, "{\"any\":1}")).isInstanceOf(Checked.Fit.class);
    }

    @Test
    void nothing_at_all_is_an_empty_object() {
        assertThat(check.check(null, "")).isEqualTo(new Checked.Fit(JsonText.EMPTY_OBJECT));
        assertThat(check.check(SCHEMA, " ")).isInstanceOf(Checked.Misfit.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | true | city",
                "{\"city\":1} | true | /city",
                "{\"city\":\"Bern\",\"days\":0} | true | /days",
                "{\"city\":\"Bern\",\"planet\":\"Mars\"} | true | planet",
                "{\"city\": | false | no JSON",
                "{\"city\":\"a\"} x | false | no JSON",
                "[] | false | object",
                "{\"city\":\"a\",\"city\":\"b\"} | false | no JSON",
            })
    void what_does_not_fit_is_named(String arguments, boolean object, String words) {
        assertThat(check.check(SCHEMA, arguments)).isInstanceOfSatisfying(Checked.Misfit.class, misfit -> {
            assertThat(misfit.object()).isEqualTo(object);
            assertThat(misfit.problems()).isNotEmpty().anyMatch(problem -> problem.contains(words));
        });
    }

    @Test
    void a_schema_that_is_none_is_the_tools_fault_in_words_and_fetches_nothing() {
        assertThat(check.check(new JsonText("{\"$ref\":\"http://127.0.0.1:1/schema\"}"), "{}"))
                .isInstanceOfSatisfying(
                        Checked.Misfit.class,
                        misfit -> assertThat(misfit.problems())
                                .singleElement()
                                .asString()
                                .contains("the tool's own schema can't be used"));
    }
}

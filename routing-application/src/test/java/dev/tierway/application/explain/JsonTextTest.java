package dev.tierway.application.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON as text: separators, escapes, and numbers without objects. */
class JsonTextTest {
    private static String written(Consumer<JsonWriter> writing) {
        JsonText text = new JsonText(1);
        writing.accept(text);
        return new String(text.bytes(), StandardCharsets.UTF_8);
    }

    private static String decimal(double value, int places) {
        return written(out -> out.decimal(value, places));
    }

    @Test
    void members_and_elements_are_separated_and_nested() {
        String json = written(out -> {
            out.beginObject();
            out.name(Word.of("a")).beginArray();
            out.number(1);
            out.beginObject();
            out.endObject();
            out.beginArray();
            out.endArray();
            out.text(null);
            out.flag(true);
            out.endArray();
            out.name("b").word(Word.of("c"));
            out.name("d").unknown();
            out.endObject();
        });

        assertThat(json).isEqualTo("{\"a\":[1,{},[],null,true],\"b\":\"c\",\"d\":null}");
    }

    @Test
    void what_would_end_a_text_or_break_a_line_is_escaped() {
        assertThat(written(out -> out.text("a\"b\\c\n\t\u0000\u007f/")))
                .isEqualTo("\"a\\\"b\\\\c\\u000a\\u0009\\u0000\\u007f/\"");
    }

    @Test
    void other_scripts_are_utf_8_and_half_a_pair_is_replaced() {
        assertThat(written(out -> out.text("é 漢 😀 \ud83d! \ude00"))).isEqualTo("\"é 漢 😀 \ufffd! \ufffd\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 6, 0",
        "-0.0, 6, 0",
        "1, 6, 1",
        "-1, 0, -1",
        "10, 2, 10",
        "0.5, 6, 0.5",
        "-0.0132, 6, -0.0132",
        "0.000001, 6, 0.000001",
        "0.0000004, 6, 0",
        "-0.0000004, 6, 0",
        "12.005, 2, 12",
        "1234.5678, 4, 1234.5678",
        "1e12, 2, 1000000000000",
        "1e20, 6, 100000000000000000000",
        "Infinity, 6, null",
        "NaN, 6, null"
    })
    void decimals_have_no_exponent_and_no_zeros_at_their_end(double value, int places, String expected) {
        assertThat(decimal(value, places)).isEqualTo(expected);
    }

    @Property
    void units_are_what_a_big_decimal_says(@ForAll long units, @ForAll @IntRange(max = 9) int places) {
        BigDecimal decimal = BigDecimal.valueOf(units, places).stripTrailingZeros();

        assertThat(written(out -> out.fixed(units, places))).isEqualTo(decimal.toPlainString());
    }

    @Property
    void both_writers_round_alike(@ForAll double value, @ForAll @IntRange(max = 9) int places) {
        JsonTree tree = new JsonTree();
        tree.beginObject();
        tree.name("n").decimal(value, places);
        Object kept = tree.document().get("n");

        assertThat(decimal(value, places)).isEqualTo(kept == null ? "null" : ((BigDecimal) kept).toPlainString());
    }

    @Property
    void exact_numbers_come_back_to_the_last_bit(@ForAll double value) {
        assertThat(Double.parseDouble(written(out -> out.exact(value)))).isEqualTo(value);
    }
}

package dev.tierway.application.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"b\":1,\"a\":[true,null]} | {\"a\":[true,null],\"b\":1}",
                " { } | {}",
                "1.0 | 1",
                "10e-1 | 1",
                "-0 | 0",
                "100 | 1E+2",
                "\"\\u0041\\n\" | \"A\\n\"",
                "\"\\ud83d\\ude00\" | \"😀\"",
                "\"\\ud83d\" | \"\\ud83d\"",
            })
    void texts_that_mean_the_same_have_one_form(String text, String canonical) {
        assertThat(Json.canonical(Json.read(text))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,\"a\":2}",
                "01",
                "1 2",
                "nul",
                "\"\t\"",
                "{\"a\" 1}",
                "1e999999999",
                "+1"
            })
    void what_is_no_json_is_refused_with_its_place(String text) {
        assertThatThrownBy(() -> Json.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON at character");
    }

    @Test
    void nesting_has_an_end() {
        assertThat(Json.read("[".repeat(200) + "]".repeat(200))).isNotNull();
        assertThatThrownBy(() -> Json.read("[".repeat(100_000))).hasMessageContaining("deeper");
    }

    @Test
    void a_whole_answer_comes_back_as_it_was() {
        ChatMessage said = new ChatMessage(
                Role.ASSISTANT,
                List.of(
                        new Part.Reasoning("hmm", "sig", "anthropic"),
                        new Part.Text("hi \ud83d\ude00"),
                        new Part.Citation("u", null, "q", 1, null)),
                null,
                List.of(new ToolCall("c1", "add", new JsonText("{\"a\":1.50}"))),
                null);
        ChatResponse response = new ChatResponse(
                "id",
                "m",
                12,
                List.of(new ChatResponse.Choice(
                        said, FinishReason.TOOL_CALLS, "END", List.of(new TokenLogProb("t", -0.125, List.of())))),
                TokenUsage.reported(1000, 5));

        assertThat(RecordReader.read(Json.canonical(response), ChatResponse.class))
                .isEqualTo(response);
    }

    @Test
    void what_an_older_version_did_not_know_is_empty_and_damage_is_told() {
        record Small(String a, List<String> more, long count, boolean flag) {}
        assertThat(RecordReader.read("{\"a\":\"x\",\"gone\":1}", Small.class))
                .isEqualTo(new Small("x", List.of(), 0, false));
        assertThatThrownBy(() -> RecordReader.read("{\"a\":1}", Small.class))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordReader.read("null", Small.class)).isInstanceOf(IllegalArgumentException.class);
    }
}

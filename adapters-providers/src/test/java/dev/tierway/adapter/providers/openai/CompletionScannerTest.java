package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionScannerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"x\"}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}",
                "{\"refusal\":\"no\"}",
                "{\"reasoning_content\":\"hm\"}",
                "{\"reasoning\":\"hm\"}",
                "{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"abc\"}]}",
                "{\"audio\":{\"data\":\"UklGR\"}}",
                "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\"}]}",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\"}}]}",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\"}}]}",
                "{\"function_call\":{\"name\":\"f\"}}",
            })
    void a_delta_that_gives_the_caller_something_is_semantic(String delta) throws IOException {
        assertThat(scan(chunk(delta, "null")).semantic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"role\":\"assistant\"}",
                "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}",
                "{\"content\":null,\"tool_calls\":null,\"audio\":null}",
                "{\"tool_calls\":[]}",
                "{\"tool_calls\":[{\"index\":0,\"type\":\"function\",\"function\":{\"name\":\"\",\"arguments\":\"\"}}]}",
                "{\"reasoning_details\":[]}",
                "{\"made_up\":\"by a vendor\"}",
            })
    void a_delta_that_gives_nothing_is_not(String delta) throws IOException {
        ChunkFacts facts = scan(chunk(delta, "null"));
        assertThat(facts.semantic()).isFalse();
        assertThat(facts.choices()).isEqualTo(1);
    }

    @Test
    void a_finish_reason_is_semantic_and_ends_the_answer() throws IOException {
        ChunkFacts facts = scan(chunk("{}", "\"stop\""));
        assertThat(facts.semantic()).isTrue();
        assertThat(facts.finished()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"choices\":[]}",
                "{\"choices\":null}",
                "{\"choices\":[],\"prompt_filter_results\":[{\"a\":{}}]}"
            })
    void chunks_without_choices_are_no_answer(String json) throws IOException {
        assertThat(scan(json)).isEqualTo(new ChunkFacts(0, false, false, 0, false, null, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "\"text\"",
                "{\"choices\":[{\"delta\":{\"content\":\"x",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"}}]",
                "{\"choices\":[]} {}",
                "{\"choices\":[]}trailing",
                "{\"choices\":{}}",
                "{\"choices\":[1]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[1]}}]}",
                "<html>",
                "{\"choices\":[{\"delta\":{\"content\":\"\u0000\"}}]}",
            })
    void what_is_not_one_json_object_with_choices_is_garbage(String json) {
        assertThatThrownBy(() -> scan(json)).isInstanceOf(IOException.class);
    }

    @Test
    void bytes_that_are_no_utf_8_are_garbage() {
        byte[] json = chunk("{\"content\":\"??\"}", "null").getBytes(StandardCharsets.UTF_8);
        int at = new String(json, StandardCharsets.UTF_8).indexOf("??");
        json[at] = (byte) 0xC3;
        json[at + 1] = 0x28;
        assertThatThrownBy(() -> CompletionScanner.scan(json, 0, json.length)).isInstanceOf(IOException.class);
    }

    @Test
    void nesting_of_any_depth_is_garbage_instead_of_a_stack_overflow() {
        String deep = "{\"x\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}";
        assertThatThrownBy(() -> scan(deep)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"message\":\"no\"}}", "{\"error\":\"no\"}", "{\"choices\":[],\"error\":{}}"})
    void an_error_member_makes_it_an_error(String json) throws IOException {
        assertThat(scan(json).error()).isTrue();
    }

    @Test
    void a_null_error_is_none() throws IOException {
        assertThat(scan("{\"error\":null,\"choices\":[{\"message\":{\"content\":\"x\"}}]}")
                        .error())
                .isFalse();
    }

    @Test
    void bytes_are_those_of_text_reasoning_and_arguments_but_not_of_audio() throws IOException {
        String delta = "{\"content\":\"four\",\"reasoning\":\"é👋\",\"audio\":{\"data\":\"UklGR\"},"
                + "\"tool_calls\":[{\"id\":\"call_1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
        assertThat(scan(chunk(delta, "null")).textBytes()).isEqualTo(4 + (2 + 4) + 1 + 2);
    }

    @Test
    void usage_is_read_with_its_parts() throws IOException {
        assertThat(usage("{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120,"
                        + "\"prompt_tokens_details\":{\"audio_tokens\":0,\"cached_tokens\":64},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":12}}"))
                .isEqualTo(new TokenUsage(100, 64, 0, 20, 12, Counted.REPORTED));
    }

    @Test
    void reasoning_counted_beside_the_output_is_added_to_it() throws IOException {
        assertThat(usage("{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":35,"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":20}}"))
                .isEqualTo(new TokenUsage(10, 0, 0, 25, 20, Counted.REPORTED));
    }

    @Test
    void groqs_usage_is_found_in_its_own_object() throws IOException {
        String json =
                "{\"choices\":[],\"x_groq\":{\"id\":\"r\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}}";
        assertThat(scan(json).usage()).isEqualTo(TokenUsage.reported(1, 2));
    }

    @Test
    void the_last_sound_usage_of_two_counts() throws IOException {
        String json = "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2},"
                + "\"x_groq\":{\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":2}}}";
        assertThat(scan(json).usage()).isEqualTo(TokenUsage.reported(1, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"prompt_tokens\":1}",
                "{\"completion_tokens\":1}",
                "{\"prompt_tokens\":null,\"completion_tokens\":1}",
                "{\"prompt_tokens\":-1,\"completion_tokens\":1}",
                "{\"prompt_tokens\":1,\"completion_tokens\":-7}",
                "{\"prompt_tokens\":1,\"completion_tokens\":999999999999}",
                "{\"prompt_tokens\":1,\"completion_tokens\":99999999999999999999999}",
                "{\"prompt_tokens\":1.5,\"completion_tokens\":1}",
                "{\"prompt_tokens\":\"1\",\"completion_tokens\":1}",
                "{\"prompt_tokens\":[1],\"completion_tokens\":1}",
                "{\"prompt_tokens\":1,\"completion_tokens\":1,\"prompt_tokens_details\":{\"cached_tokens\":2}}",
                "{\"prompt_tokens\":1,\"completion_tokens\":1,\"prompt_tokens_details\":{\"cached_tokens\":-2}}",
                "{\"prompt_tokens\":1,\"completion_tokens\":1,\"completion_tokens_details\":{\"reasoning_tokens\":2}}",
            })
    void usage_that_cannot_be_true_is_unknown(String usage) throws IOException {
        assertThat(usage(usage)).isNull();
        assertThat(scan("{\"usage\":" + usage + "}").saysUsage()).isTrue();
    }

    @Test
    void whole_numbers_with_a_fraction_of_zero_are_counts() throws IOException {
        assertThat(usage("{\"prompt_tokens\":3.0,\"completion_tokens\":4.0}")).isEqualTo(TokenUsage.reported(3, 4));
    }

    private static TokenUsage usage(String usage) throws IOException {
        return scan("{\"choices\":[],\"usage\":" + usage + "}").usage();
    }

    private static String chunk(String delta, String finish) {
        return "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish
                + "}],\"usage\":null}";
    }

    private static ChunkFacts scan(String json) throws IOException {
        byte[] bytes = ("  " + json).getBytes(StandardCharsets.UTF_8);
        return CompletionScanner.scan(bytes, 2, bytes.length - 2);
    }
}

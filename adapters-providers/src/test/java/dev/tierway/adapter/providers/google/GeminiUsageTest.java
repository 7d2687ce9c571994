package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiUsageTest {
    @Test
    void thoughts_are_output_beside_the_candidates_and_cached_tokens_are_part_of_the_prompt() {
        assertThat(usage("{\"promptTokenCount\":100,\"cachedContentTokenCount\":60,\"candidatesTokenCount\":7,"
                        + "\"thoughtsTokenCount\":30,\"totalTokenCount\":137}"))
                .isEqualTo(new TokenUsage(100, 60, 0, 37, 30, Counted.REPORTED));
    }

    @Test
    void what_googles_tools_read_is_input_beside_the_prompt() {
        assertThat(usage("{\"promptTokenCount\":10,\"toolUsePromptTokenCount\":90,\"candidatesTokenCount\":1,"
                        + "\"totalTokenCount\":101}"))
                .isEqualTo(TokenUsage.reported(100, 1));
    }

    @Test
    void an_answer_that_ended_in_its_thoughts_has_no_count_of_candidates() {
        assertThat(usage("{\"promptTokenCount\":10,\"thoughtsTokenCount\":50,\"totalTokenCount\":60}"))
                .isEqualTo(new TokenUsage(10, 0, 0, 50, 50, Counted.REPORTED));
    }

    @Test
    void sound_and_pictures_are_counted_apart_and_once() {
        assertThat(usage("""
            {"promptTokenCount":100,"candidatesTokenCount":50,"cachedContentTokenCount":90,
             "promptTokensDetails":[{"modality":"TEXT","tokenCount":20},{"modality":"AUDIO","tokenCount":50},
               {"modality":"IMAGE","tokenCount":30}],
             "candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":40}]}\
            """)).isEqualTo(new TokenUsage(100, 20, 0, 50, 30, 50, 0, 0, 40, Counted.REPORTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"promptTokenCount\":5}",
                "{\"candidatesTokenCount\":5}",
                "{\"promptTokenCount\":-1,\"candidatesTokenCount\":5}",
                "{\"promptTokenCount\":\"5\",\"candidatesTokenCount\":5}",
                "{\"promptTokenCount\":5,\"candidatesTokenCount\":999999999999}",
                "{\"promptTokenCount\":5,\"candidatesTokenCount\":5.5}",
                "{\"promptTokenCount\":5,\"cachedContentTokenCount\":6,\"candidatesTokenCount\":5}",
                "{\"promptTokenCount\":5,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":-3}",
                "{\"promptTokenCount\":5,\"candidatesTokenCount\":5,\"promptTokensDetails\":"
                        + "[{\"modality\":\"AUDIO\",\"tokenCount\":6}]}",
                "{\"promptTokenCount\":99999999999999999999999,\"candidatesTokenCount\":5}",
            })
    void what_is_missing_or_can_not_be_true_is_not_believed(String json) {
        assertThat(usage(json)).isNull();
    }

    private static TokenUsage usage(String json) {
        try {
            return GeminiUsage.of(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

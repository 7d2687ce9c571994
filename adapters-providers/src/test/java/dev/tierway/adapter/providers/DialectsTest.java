package dev.tierway.adapter.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Construct;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectsTest {
    @ParameterizedTest
    @CsvSource({
        "anthropic, claude-opus-4-6, true",
        "anthropic, claude-sonnet-4-5-20250929, true",
        "anthropic, claude-opus-4-7, false",
        "anthropic, claude-opus-5, false",
        "anthropic, our-claude, true",
        "bedrock, us.anthropic.claude-sonnet-4-6, true",
        "bedrock, anthropic.claude-opus-4-7, false",
        "bedrock, amazon.nova-pro-v1:0, true",
        "openai, gpt-5.4, true"
    })
    void claude_takes_no_sampling_parameters_since_opus_4_7(String kind, String model, boolean taken) {
        assertThat(Dialects.of(kind, model).lacks().contains(Construct.TEMPERATURE))
                .isEqualTo(!taken);
        assertThat(Dialects.of(kind, model).lacks().contains(Construct.TOP_P)).isEqualTo(!taken);
        assertThat(Dialects.of(kind, model).lacks())
                .containsAll(Dialects.of(kind).lacks());
    }
}

package dev.tierway.adapter.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaudeModelTest {
    @ParameterizedTest
    @CsvSource({
        "claude-3-7-sonnet-latest, false, true",
        "claude-3-haiku-20240307, false, true",
        "claude-sonnet-4-20250514, false, true",
        "claude-haiku-4-5-20251001, false, true",
        "claude-opus-4-6, true, true",
        "claude-opus-4-8-20260528, true, false",
        "claude-sonnet-5, true, false",
        "Claude-Opus-4.7, true, false",
        "my-own-name, true, false"
    })
    void its_name_tells_how_it_is_asked_to_think(String name, boolean adaptive, boolean takesBudget) {
        ClaudeModel model = ClaudeModel.named(name);
        assertThat(model.adaptive()).isEqualTo(adaptive);
        assertThat(model.takesBudget()).isEqualTo(takesBudget);
    }
}

package dev.tierway.bootstrap.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.ModelTier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParameterCountTest {
    @ParameterizedTest
    @CsvSource({
        "llama2:13b,13",
        "llama3.2:3b,3",
        "mixtral:8x7b,56",
        "mixtral-8x22b-instruct,176",
        "qwen2.5:0.5b,0.5",
        "Llama-3.3-70B-Instruct,70",
        "hf.co/org/Model-7B-GGUF:Q4_K_M,7",
        "org-13b/model-3b,3",
        "qwen3-30b-a3b,30",
        "qwen2.5-7b-instruct-1m,7",
        "smollm2:135m,0.135",
        "494.03M,0.49403",
        "8.0B,8",
        "kimi-k2-1t,1000",
        "deepseek-r1:671b,671",
        "llama-3.1-8b-instruct-q8_0,8",
        "meta_llama_3_8b,8",
    })
    void the_count_is_read_as_a_number(String name, double billions) {
        assertThat(ParameterCount.billions(name).orElseThrow()).isCloseTo(billions, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hf.co/org/model:Q4_K_M",
                "llama3:latest",
                "gpt-oss",
                "phi-3.5-mini",
                "org-7b/model",
                "a3b",
                "merge-7b-13b",
                "fp8",
                ""
            })
    void what_says_no_count_or_two_is_unknown(String name) {
        assertThat(ParameterCount.billions(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.5,MICRO",
        "3,MICRO",
        "3.99,MICRO",
        "4,SMALL",
        "13,SMALL",
        "15,MID",
        "70,MID",
        "199,MID",
        "671,FRONTIER"
    })
    void the_tier_follows_from_the_count(double billions, ModelTier tier) {
        assertThat(ParameterCount.tier(billions)).isEqualTo(tier);
    }
}

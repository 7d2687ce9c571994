package dev.tierway.adapter.providers.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageCountsTest {
    private static final JsonFactory JSON = new JsonFactory();

    @Test
    void openais_input_includes_what_was_cached() throws IOException {
        TokenUsage usage = openai("{'prompt_tokens':1000,'completion_tokens':20,"
                + "'prompt_tokens_details':{'cached_tokens':600,'cache_write_tokens':300}}");

        assertThat(usage).isEqualTo(new TokenUsage(1000, 600, 300, 20, 0, Counted.REPORTED));
        assertThat(usage.plainInput()).isEqualTo(100);
    }

    @Test
    void anthropics_input_does_not_include_what_was_cached() throws IOException {
        TokenUsage usage = anthropic("{'input_tokens':100,'cache_read_input_tokens':600,"
                + "'cache_creation_input_tokens':300,'output_tokens':20,"
                + "'output_tokens_details':{'thinking_tokens':5},'service_tier':'standard'}");

        assertThat(usage).isEqualTo(new TokenUsage(1000, 600, 300, 20, 5, Counted.REPORTED));
        assertThat(usage.plainInput()).isEqualTo(100);
    }

    @Test
    void the_same_prompt_costs_the_same_however_its_vendor_counts() throws IOException {
        Price price = new Price(3_000_000, 15_000_000, 300_000L, 3_750_000L);

        assertThat(price.of(openai("{'prompt_tokens':1000,'completion_tokens':20,"
                        + "'prompt_tokens_details':{'cached_tokens':600,'cache_write_tokens':300}}")))
                .isEqualTo(price.of(anthropic("{'input_tokens':100,'cache_read_input_tokens':600,"
                        + "'cache_creation_input_tokens':300,'output_tokens':20}")));
    }

    @Test
    void anthropics_stream_says_the_input_once_and_the_output_again_and_again() throws IOException {
        UsageCounts counts = new UsageCounts(UsageDialect.ANTHROPIC);
        read(counts, "{'input_tokens':25,'cache_read_input_tokens':10,'output_tokens':1}");
        assertThat(counts.usage()).isEqualTo(new TokenUsage(35, 10, 0, 1, 0, Counted.REPORTED));

        read(counts, "{'output_tokens':15}");
        read(counts, "{'output_tokens':40,'input_tokens':null}");
        assertThat(counts.usage()).isEqualTo(new TokenUsage(35, 10, 0, 40, 0, Counted.REPORTED));
    }

    @Test
    void what_is_written_to_a_cache_for_an_hour_is_a_part_with_a_price_of_its_own() throws IOException {
        TokenUsage usage = usage(
                UsageDialect.ANTHROPIC,
                "{'input_tokens':10,'cache_creation_input_tokens':300,'output_tokens':1,'cache_creation':"
                        + "{'ephemeral_5m_input_tokens':100,'ephemeral_1h_input_tokens':200}}");

        assertThat(usage).isEqualTo(new TokenUsage(310, 0, 300, 1, 0, Counted.REPORTED).keptForAnHour(200));
        Price price = new Price(3_000_000, 15_000_000, 300_000L, 3_750_000L);
        assertThat(price.of(usage)).as("nobody said what an hour costs").isNull();
        assertThat(price.forAnHour(6_000_000L).of(usage).value())
                .isEqualTo(10 * 3_000 + 100 * 3_750 + 200 * 6_000 + 15_000);
        assertThat(new Price(3_000_000, 0, null, null).of(usage).value()).isEqualTo(310 * 3_000);
        assertThat(usage(
                        UsageDialect.ANTHROPIC,
                        "{'input_tokens':10,'cache_creation_input_tokens':100,'output_tokens':1,'cache_creation':"
                                + "{'ephemeral_1h_input_tokens':200}}"))
                .as("that can't be true")
                .isNull();
    }

    @Test
    void sound_and_pictures_are_parts_too() throws IOException {
        assertThat(openai("{'prompt_tokens':100,'completion_tokens':80,"
                        + "'prompt_tokens_details':{'audio_tokens':30,'image_tokens':20,'cached_tokens':40},"
                        + "'completion_tokens_details':{'audio_tokens':50,'reasoning_tokens':10,'image_tokens':5}}"))
                .isEqualTo(new TokenUsage(100, 40, 0, 30, 20, 80, 10, 50, 5, Counted.REPORTED));
    }

    @Test
    void sound_read_from_a_cache_is_counted_once_and_as_the_dearer() throws IOException {
        assertThat(openai("{'prompt_tokens':100,'completion_tokens':1,"
                        + "'prompt_tokens_details':{'audio_tokens':30,'cached_tokens':90}}"))
                .isEqualTo(new TokenUsage(100, 70, 0, 30, 0, 1, 0, 0, 0, Counted.REPORTED));
    }

    @Test
    void deepseek_says_what_was_cached_in_a_field_of_its_own() throws IOException {
        assertThat(openai("{'prompt_tokens':100,'completion_tokens':1,'prompt_cache_hit_tokens':64,"
                        + "'prompt_cache_miss_tokens':36}"))
                .isEqualTo(new TokenUsage(100, 64, 0, 1, 0, Counted.REPORTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'input_tokens':1}",
                "{'output_tokens':1}",
                "{'input_tokens':-1,'output_tokens':1}",
                "{'input_tokens':1,'output_tokens':1,'cache_read_input_tokens':-5}",
                "{'input_tokens':1,'output_tokens':1,'cache_creation_input_tokens':200000000}",
                "{'input_tokens':1,'output_tokens':1,'output_tokens_details':{'thinking_tokens':2}}",
                "{'input_tokens':{},'output_tokens':1}",
            })
    void what_cannot_be_true_of_anthropics_is_unknown(String usage) throws IOException {
        assertThat(anthropic(usage)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'prompt_tokens':10,'completion_tokens':1,'prompt_tokens_details':{'audio_tokens':11}}",
                "{'prompt_tokens':10,'completion_tokens':1,'prompt_tokens_details':{'audio_tokens':6,'image_tokens':6}}",
                "{'prompt_tokens':10,'completion_tokens':1,'prompt_tokens_details':{'image_tokens':-1}}",
                "{'prompt_tokens':10,'completion_tokens':1,'prompt_tokens_details':{'cache_write_tokens':11}}",
                "{'prompt_tokens':10,'completion_tokens':1,"
                        + "'prompt_tokens_details':{'cache_write_tokens':6,'cached_tokens':5}}",
                "{'prompt_tokens':10,'completion_tokens':9,"
                        + "'completion_tokens_details':{'audio_tokens':5,'reasoning_tokens':5}}",
                "{'prompt_tokens':10,'completion_tokens':9,'completion_tokens_details':{'audio_tokens':'5'}}",
            })
    void what_cannot_be_true_of_openais_is_unknown(String usage) throws IOException {
        assertThat(openai(usage)).isNull();
    }

    @Test
    void what_is_no_count_is_passed_over_at_any_depth() throws IOException {
        assertThat(openai("{'x':[{'prompt_tokens':9}],'prompt_tokens_details':[1,{}],"
                        + "'completion_tokens_details':{'y':{'reasoning_tokens':9}},"
                        + "'prompt_tokens':1,'completion_tokens':2,'cost':0.5}"))
                .isEqualTo(TokenUsage.reported(1, 2));
    }

    private static TokenUsage openai(String usage) throws IOException {
        return usage(UsageDialect.OPENAI, usage);
    }

    private static TokenUsage anthropic(String usage) throws IOException {
        return usage(UsageDialect.ANTHROPIC, usage);
    }

    private static TokenUsage usage(UsageDialect dialect, String usage) throws IOException {
        UsageCounts counts = new UsageCounts(dialect);
        read(counts, usage);
        return counts.usage();
    }

    private static void read(UsageCounts counts, String usage) throws IOException {
        try (JsonParser parser = JSON.createParser(usage.replace('\'', '"'))) {
            parser.nextToken();
            counts.read(parser);
        }
    }
}

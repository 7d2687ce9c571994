package dev.tierway.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WordsTest {
    @Test
    void shares_near_one_and_near_zero_keep_digits_that_tell_them_apart() {
        assertThat(Words.percent(0.99876)).isEqualTo("99.88 %");
        assertThat(Words.percent(1.0008)).isEqualTo("100.1 %");
        assertThat(Words.percent(1.0)).isEqualTo("100.00 %");
        assertThat(Words.percent(0.5)).isEqualTo("50.0 %");
        assertThat(Words.percent(0.0002)).isEqualTo("0.02 %");
        assertThat(Words.percent(-0.00001)).isEqualTo("0.00 %");
        assertThat(Words.percent(new Estimate(0.9, 0.8, 0.95))).isEqualTo("90.0 % [80.0 %, 95.0 %]");
    }

    @Test
    void what_is_not_known_is_a_dash_and_never_zero() {
        assertThat(Words.percent((Estimate) null)).isEqualTo("-");
        assertThat(Words.percent((Double) null)).isEqualTo("-");
        assertThat(Words.number(null, 2)).isEqualTo("-");
        assertThat(Words.millis(null)).isEqualTo("-");
        Row unknown = new Row(
                "s",
                0.7,
                "c",
                1,
                5,
                null,
                new Percentiles(null, null, null),
                new Percentiles(null, null, null),
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                null);
        assertThat(RowText.of(unknown)).hasSameSizeAs(RowText.HEADINGS);
        assertThat(RowText.of(unknown).stream().filter("-"::equals)).hasSize(14);
        assertThat(ReportDocument.row(unknown)).containsEntry("regret", null).containsEntry("wasted_tokens", 0L);
    }

    @Test
    void digits_are_as_many_as_say_something() {
        assertThat(List.of(0.0, 1234.4, 12.34, 0.5, 0.0123, -20.0))
                .extracting(Words::significant)
                .containsExactly("0", "1234", "12.3", "0.5", "0.0123", "-20");
    }
}

package dev.tierway.adapter.providers.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResetTimeTest {
    private static final long NOW = VendorLimitsPage.NOW;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6m0s | 360000000000",
                "20ms | 20000000",
                "1h2m3.5s | 3723500000000",
                "7.66s | 7660000000",
                "250us | 250000",
                "0.5ns | 1",
                "3 | 3000000000",
                "0.25 | 250000000",
                "31622400 | 31622400000000000",
                "1795176005 | 5000000000",
                "1795176005.5 | 5500000000",
                "1795176005250 | 5250000000",
                "2026-11-20T12:00:05Z | 5000000000",
                "2026-11-20T12:00:05.000000001Z | 5000000001",
                "2026-11-20t12:00:05z | 5000000000",
                "2026-11-20T14:00:05+02:00 | 5000000000",
                "Fri, 20 Nov 2026 12:00:05 GMT | 5000000000",
                "Friday, 20-Nov-26 12:00:05 GMT | 5000000000",
                "Fri Nov 20 12:00:05 2026 | 5000000000",
            })
    void every_form_vendors_use_is_read_exactly(String text, long nanos) {
        assertThat(ResetTime.nanos(text, NOW)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0s",
                "-1",
                "-1s",
                "soon",
                "1e3",
                "NaN",
                "0x10",
                "6 m",
                "m",
                "6m0",
                "s6",
                "1d",
                "31622401",
                "100000000",
                "500000000",
                "1795175999",
                "1795176000",
                "1000000000",
                "500000000000",
                "1795175999999",
                "100000000000000",
                "999999999999999999999",
                "9999h",
                "2026-11-20T12:00:00Z",
                "2026-11-20T11:59:59Z",
                "2026-11-20T12:00:05",
                "2099-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "Fri, 20 Nov 2026 11:59:59 GMT",
                "0000000000000000000000000000000000000000000000000000000000000000000s",
            })
    void what_is_past_too_far_off_or_garbage_is_not_known(String text) {
        assertThat(ResetTime.nanos(text, NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"6m0s,360000", "20ms,20", "34.074824224s,34075", "250us,1", "0s,0"})
    void a_duration_is_rounded_up_to_milliseconds(String text, long millis) {
        assertThat(ResetTime.durationMillis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "m", "6m0", "s6", "-1s", "6 m", "6m-1s", "1d"})
    void anything_else_is_no_duration(String text) {
        assertThat(ResetTime.durationMillis(text)).isNull();
    }
}

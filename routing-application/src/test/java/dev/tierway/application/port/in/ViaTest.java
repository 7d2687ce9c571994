package dev.tierway.application.port.in;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ViaTest {
    private static final Via US = new Via("tierway-a1");

    @Test
    void each_gateway_signs_after_those_before_it() {
        assertThat(US.after(null)).isEqualTo("1.1 tierway-a1");
        assertThat(US.after(" ")).isEqualTo("1.1 tierway-a1");
        assertThat(US.after("1.1 nginx")).isEqualTo("1.1 nginx, 1.1 tierway-a1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|false",
                "1.1 nginx|false",
                "1.1 tierway|false",
                "1.1 tierway-a1|true",
                "1.0 nginx, HTTP/2 tierway-a1 (comment), 1.1 tierway-b2|true",
                "1.1 tierway-a12|false",
                "1.1 x, 1.1 tierway-b2|false",
            })
    void a_call_goes_round_if_it_has_our_name(String passed, boolean round) {
        assertThat(US.goesRound(passed)).isEqualTo(round);
    }

    @Test
    void a_call_that_was_handed_on_too_often_goes_round() {
        assertThat(US.goesRound("1.1 a,".repeat(15) + "1.1 a")).isFalse();
        assertThat(US.goesRound("1.1 a,".repeat(16) + "1.1 a")).isTrue();
    }

    @Test
    void what_we_signed_is_known_again() {
        Via drawn = Via.drawn(0x5eed);

        assertThat(drawn.goesRound(US.after(drawn.after(null)))).isTrue();
    }
}

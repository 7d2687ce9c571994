package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.CooldownSettings;
import dev.tierway.domain.fixture.ManualClock;
import org.junit.jupiter.api.Test;

class CooldownTest {
    private static final long NOW = ManualClock.START;
    private static final long SECOND = 1_000_000_000L;

    private static long rest(Cooldown cooldown, long from) {
        return cooldown.untilNanos() - from;
    }

    @Test
    void rests_as_long_as_it_was_told() {
        assertThat(rest(Cooldown.NONE.rest(1234L, true, NOW, CooldownSettings.DEFAULTS), NOW))
                .isEqualTo(1_234_000_000L);
    }

    @Test
    void never_rests_longer_than_an_hour_whatever_it_was_told() {
        assertThat(rest(Cooldown.NONE.rest(Long.MAX_VALUE, true, NOW, CooldownSettings.DEFAULTS), NOW))
                .isEqualTo(3600 * SECOND);
    }

    @Test
    void guesses_a_second_doubling_to_a_minute_when_it_was_told_nothing() {
        Cooldown cooldown = Cooldown.NONE;
        long now = NOW;
        for (long expected : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            cooldown = cooldown.rest(null, true, now, CooldownSettings.DEFAULTS);
            assertThat(rest(cooldown, now)).isEqualTo(expected * SECOND);
            now = cooldown.untilNanos();
        }
    }

    @Test
    void an_overload_without_a_time_always_rests_a_second() {
        Cooldown once = Cooldown.NONE.rest(null, false, NOW, CooldownSettings.DEFAULTS);
        Cooldown twice = once.rest(null, false, NOW + SECOND, CooldownSettings.DEFAULTS);

        assertThat(rest(twice, NOW + SECOND)).isEqualTo(SECOND);
    }

    @Test
    void answers_to_calls_already_in_flight_do_not_prolong_a_guessed_rest() {
        Cooldown resting = Cooldown.NONE.rest(null, true, NOW, CooldownSettings.DEFAULTS);

        assertThat(resting.rest(null, true, NOW + SECOND / 2, CooldownSettings.DEFAULTS))
                .isEqualTo(resting);
    }

    @Test
    void a_success_starts_the_doubling_again() {
        Cooldown cooldown = Cooldown.NONE
                .rest(null, true, NOW, CooldownSettings.DEFAULTS)
                .rest(null, true, NOW + 2 * SECOND, CooldownSettings.DEFAULTS);

        Cooldown after = cooldown.worked().rest(null, true, NOW + 10 * SECOND, CooldownSettings.DEFAULTS);

        assertThat(rest(after, NOW + 10 * SECOND)).isEqualTo(SECOND);
    }

    @Test
    void is_over_at_its_time_not_before() {
        Cooldown cooldown = Cooldown.NONE.rest(1000L, true, NOW, CooldownSettings.DEFAULTS);

        assertThat(cooldown.active(NOW + SECOND - 1)).isTrue();
        assertThat(cooldown.active(NOW + SECOND)).isFalse();
        assertThat(Cooldown.NONE.active(NOW)).isFalse();
    }
}

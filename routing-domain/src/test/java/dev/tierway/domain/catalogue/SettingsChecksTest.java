package dev.tierway.domain.catalogue;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.routing.PayloadSettings;
import dev.tierway.domain.routing.PickingSettings;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.WaitingSettings;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that don't fit together are refused, naming the keys. */
class SettingsChecksTest {
    private static Arguments bad(String named, ThrowingCallable making) {
        return Arguments.of(named, making);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                bad("prior-weight", () -> success(0, 0.95, 0.95, 0.999, 0.02, 0.2, 1)),
                bad("half-life", () -> success(20, 0.95, 0.95, 0.999, 0.02, 0.2, 0)),
                bad("prior-least", () -> success(20, 0.9, 0.95, 0.999, 0.02, 0.2, 1)),
                bad("prior-most", () -> success(20, 0.95, 0.95, 1, 0.02, 0.2, 1)),
                bad("prior-most", () -> success(20, 0.95, 0.9, 0.94, 0.02, 0.2, 1)),
                bad("least", () -> success(20, 0.95, 0.95, 0.999, 0, 0.2, 1)),
                bad("least", () -> success(20, 0.95, 0.95, 0.999, 0.96, 0.2, 1)),
                bad("shaken", () -> success(20, 0.95, 0.95, 0.999, 0.02, 0, 1)),
                bad("shaken", () -> success(20, 0.95, 0.95, 0.999, 0.02, 1.1, 1)),
                bad("first-token", () -> new UnmeasuredSettings(0, 1, 1)),
                bad("per-token", () -> new UnmeasuredSettings(1, 0, 1)),
                bad("output", () -> new UnmeasuredSettings(1, 1, 0)),
                bad("first", () -> new CooldownSettings(0, 1, 1)),
                bad("longest-told", () -> new CooldownSettings(1, 1, 0)),
                bad("longest", () -> new CooldownSettings(2, 1, 1)),
                bad("open", () -> new AccountSettings.Times(Duration.ZERO, Duration.ZERO)),
                bad("max-open", () -> new AccountSettings.Times(Duration.ofSeconds(2), Duration.ofSeconds(1))),
                bad("retry-window", () -> new RecentSettings(0, 0.9)),
                bad("healthy", () -> new RecentSettings(1, 1.1)),
                bad("held", () -> new PromptCacheSettings(-1, 1)),
                bad("held", () -> new PromptCacheSettings(8 * 86_400, 1)),
                bad("least-tokens", () -> new PromptCacheSettings(1, 0)),
                bad("ramp-start", () -> circuit(0, Duration.ZERO, 0)),
                bad("jitter", () -> circuit(0.1, Duration.ZERO, 1.1)),
                bad("forget", () -> circuit(0.1, Duration.ofSeconds(-1), 0)),
                bad("unary", () -> timeouts(Duration.ZERO, 3)),
                bad("unary-patience", () -> timeouts(Duration.ofSeconds(1), 0.5)),
                bad("exploration", () -> new PickingSettings(0.6, 1, 2, 0.84, 0.1, 0)),
                bad("cold-after", () -> new PickingSettings(0, -1, 2, 0.84, 0.1, 0)),
                bad("exploration-cost", () -> new PickingSettings(0, 1, 0.5, 0.84, 0.1, 0)),
                bad("hot", () -> new PickingSettings(0, 1, 2, 1.1, 0.1, 0)),
                bad("band", () -> new PickingSettings(0, 1, 2, 0.84, -0.1, 0)),
                bad("least-band", () -> new PickingSettings(0, 1, 2, 0.84, 0.1, -1)),
                bad("park", () -> new WaitingSettings(-1, 1, 1)),
                bad("last-resort-after", () -> new WaitingSettings(0, -1, 1)),
                bad("account-last-resort-after", () -> new WaitingSettings(0, 2, 1)),
                bad("input-margin", () -> new PayloadSettings(1, 1, 1, false)),
                bad("rule-text", () -> new PayloadSettings(0, 0, 1, false)),
                bad("held-back", () -> new PayloadSettings(0, 1, 0, false)),
                bad("share", () -> new RoutingPolicy.Hedging(1.1)),
                bad("headroom", () -> new RoutingPolicy.Hedging(0.1, -0.1)),
                bad("retry-window", () -> new RoutingPolicy.Spillover(4, 3, 0.2, 3, false, Duration.ZERO)));
    }

    private static void success(
            double calls, double start, double least, double most, double floor, double shaken, long halfLife) {
        new SuccessSettings(calls, start, least, most, floor, shaken, halfLife);
    }

    private static void circuit(double rampStart, Duration forget, double jitter) {
        CircuitSettings standing = CircuitSettings.DEFAULTS;
        new CircuitSettings(
                standing.failures(),
                standing.successRate(),
                standing.window(),
                standing.minimum(),
                standing.open(),
                standing.maxOpen(),
                standing.probesToClose(),
                standing.ramp(),
                rampStart,
                forget,
                jitter);
    }

    private static void timeouts(Duration unary, double patience) {
        new Timeouts.Override(null, null, null, null, null, null, unary, patience).over(Timeouts.DEFAULTS);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void names_the_key(String key, ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(key);
    }
}

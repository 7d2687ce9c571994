package dev.tierway.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.simulation.world.AttemptLimits;
import dev.tierway.simulation.world.Exchange;
import dev.tierway.simulation.world.FaultKind;
import dev.tierway.simulation.world.FaultMix;
import dev.tierway.simulation.world.Ledger;
import dev.tierway.simulation.world.Luck;
import dev.tierway.simulation.world.Pace;
import dev.tierway.simulation.world.Rates;
import dev.tierway.simulation.world.ReplicaTruth;
import dev.tierway.simulation.world.Request;
import dev.tierway.simulation.world.Upstreams;
import dev.tierway.simulation.world.VirtualTime;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** A replica dead from second 100 to 200 of 300; one call a second, or rather ten. */
class FaultWindowTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long TENTH = SECOND / 10;

    /** @param toFaulted whether an attempt of that second may go to the faulted replica: every other one does */
    private static FaultWindow window(LongPredicate toFaulted) {
        VirtualTime time = new VirtualTime();
        Ledger ledger = new Ledger(2, 100 * SECOND, 200 * SECOND);
        Pace pace = Pace.millis(10, 0, 0);
        ReplicaTruth dead = new ReplicaTruth(0, pace, 1e7, 1e6, 1_000_000, new Rates(0, 0, 0), List.of());
        ReplicaTruth alive = new ReplicaTruth(1, pace, 1e7, 1e6, 1_000_000, new Rates(0, 0, 0), List.of());
        Upstreams upstreams = new Upstreams(time, new Luck(1), List.of(dead, alive), ledger);
        time.at(100 * SECOND, () -> dead.mode(FaultMix.only(FaultKind.OVERLOADED)));
        time.at(200 * SECOND, () -> dead.mode(null));
        Exchange.Client nobody = new Exchange.Client() {
            @Override
            public void firstToken(Exchange exchange) {}

            @Override
            public void ended(Exchange exchange) {}
        };
        for (int i = 0; i < 3000; i++) {
            int call = i;
            long at = i * TENTH;
            int replica = i % 2 == 0 && toFaulted.test(at / SECOND) ? 0 : 1;
            time.at(
                    at,
                    () -> upstreams.send(
                            replica,
                            1,
                            new Request(call, 1, 1, List.of()),
                            new AttemptLimits(SECOND, 30 * SECOND),
                            nobody));
        }
        time.run();
        return new FaultWindow(ledger, List.of(0), 100 * SECOND, 200 * SECOND, 300 * SECOND);
    }

    @Test
    void one_that_leaves_after_twenty_seconds_and_returns_after_thirty_is_timed_so() {
        FaultWindow window = window(second -> second < 120 || second >= 230);
        assertThat(window.detectSeconds()).isCloseTo(20, within(1.0));
        assertThat(window.recoverSeconds()).isCloseTo(30, within(1.0));
        assertThat(window.deadShare()).isCloseTo(0.5 * 10 / 90, within(0.01));
    }

    @Test
    void one_that_never_notices_takes_as_long_as_the_fault_and_is_back_at_once() {
        FaultWindow window = window(second -> true);
        assertThat(window.detectSeconds()).isEqualTo(100);
        assertThat(window.recoverSeconds()).isZero();
        assertThat(window.deadShare()).isCloseTo(0.5, within(0.01));
    }

    @Test
    void one_that_never_returns_takes_as_long_as_the_run() {
        FaultWindow window = window(second -> second < 100);
        assertThat(window.detectSeconds()).isZero();
        assertThat(window.recoverSeconds()).isEqualTo(100);
        assertThat(window.deadShare()).isZero();
    }

    @Test
    void one_that_hardly_used_it_is_back_with_the_first_answer_or_needs_none() {
        assertThat(window(second -> second >= 205).recoverSeconds()).isCloseTo(5, within(0.1));
        assertThat(window(second -> false).recoverSeconds()).isNull();
    }
}

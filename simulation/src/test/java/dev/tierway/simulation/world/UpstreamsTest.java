package dev.tierway.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamsTest {
    private static final double ANSWER_USD = 1000 * 2e-6 + 200 * 8e-6;

    private final VirtualTime time = new VirtualTime();
    private final ReplicaTruth replica = Truths.replica(10, 15);
    private final Ledger ledger = new Ledger(1, 0, 0);
    private final Upstreams upstreams = new Upstreams(time, new Luck(5), List.of(replica), ledger);
    private final List<String> heard = new ArrayList<>();
    private final Exchange.Client client = new Exchange.Client() {
        @Override
        public void firstToken(Exchange exchange) {
            heard.add("first token at " + time.nowNanos());
        }

        @Override
        public void ended(Exchange exchange) {
            heard.add((exchange.fault() == null ? "answered" : exchange.fault().id()) + " at " + time.nowNanos());
        }
    };

    private Exchange send(int call) {
        return upstreams.send(0, 1, Truths.request(call), Truths.LIMITS, client);
    }

    @Test
    void an_answer_holds_its_slot_to_the_end_and_is_charged() {
        Fate foreseen = upstreams.foresee(0, 1, Truths.request(1), Truths.LIMITS);
        send(1);
        assertThat(replica.inFlight()).isEqualTo(1);
        time.run();
        assertThat(heard)
                .containsExactly("first token at " + foreseen.firstNanos(), "answered at " + foreseen.endNanos());
        assertThat(replica.inFlight()).isZero();
        assertThat(ledger.usd()).isCloseTo(ANSWER_USD, within(1e-12));
        assertThat(ledger.wastedTokens()).isZero();
    }

    @Test
    void a_refused_attempt_holds_no_slot_and_costs_nothing() {
        replica.mode(FaultMix.only(FaultKind.RATE_LIMITED));
        send(1);
        assertThat(replica.inFlight()).isZero();
        time.run();
        assertThat(heard).containsExactly("rate-limited at 5000000");
        assertThat(ledger.usd()).isZero();
        assertThat(ledger.rateLimited()).isEqualTo(1);
        assertThat(ledger.failures()).isEqualTo(1);
        assertThat(ledger.faultsHit()).containsEntry("rate-limited/before-headers", 1L);
    }

    @Test
    void a_cancelled_stream_frees_its_slot_at_once_and_is_charged_for_what_was_made() {
        Exchange exchange = send(1);
        Fate fate = exchange.fate();
        long halfway = (fate.firstNanos() + fate.endNanos()) / 2;
        time.at(halfway, () -> exchange.cancel(halfway));
        time.run();
        assertThat(heard).containsExactly("first token at " + fate.firstNanos());
        assertThat(replica.inFlight()).isZero();
        assertThat(ledger.usd()).isCloseTo(1000 * 2e-6 + 100 * 8e-6, within(1e-5));
        assertThat(ledger.wastedTokens()).isBetween(1095L, 1105L);
        assertThat(ledger.failures()).isZero();
    }

    @Test
    void a_price_step_counts_for_attempts_sent_after_it() {
        send(1);
        replica.price(10);
        send(2);
        time.run();
        assertThat(ledger.usd()).isCloseTo(11 * ANSWER_USD, within(1e-9));
    }
}

package dev.tierway.domain.call;

import static dev.tierway.domain.fixture.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the fleet learns from how calls go. */
class LearningFromCallsTest {
    private final ManualClock clock = new ManualClock();
    private final ReplicaRegistry registry = Fleet.of("a/m").registry();

    private ScriptedCall.Plan unary() {
        return ScriptedCall.call(registry, Requests.pinned(registry.catalogue(), "a/m"), clock);
    }

    private ScriptedCall.Plan streamed() {
        return ScriptedCall.call(registry, Requests.pinned(registry.catalogue(), "a/m").stream(), clock);
    }

    private ReplicaView view() {
        return new Past(registry, clock).view("a/m");
    }

    private double ttftMillis() {
        return view().state().latency().ttftNanos(view().modelState(), UnmeasuredSettings.DEFAULTS, 1000, clock.nanos())
                / 1e6;
    }

    private double tokenMillis() {
        return view().state().latency().tokenNanos(view().modelState(), UnmeasuredSettings.DEFAULTS, clock.nanos())
                / 1e6;
    }

    private void after(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    @Test
    void a_stream_tells_its_first_token_and_its_pace_from_when_it_was_sent() {
        ScriptedCall call = streamed().startedWithoutGrants();
        after(5000);
        call.feed(new Event.Reserved(call.attempt(1)));
        after(600);
        call.commits();
        after(990);
        call.delivers();

        assertThat(ttftMillis()).isCloseTo(600, within(0.001));
        assertThat(tokenMillis()).isCloseTo(10, within(0.001));
        assertThat(view().modelState().outputs().mean(256)).isEqualTo(100);
    }

    @Test
    void a_unary_reply_tells_its_whole_time_only() {
        ScriptedCall call = unary().started();
        after(6000);
        call.delivers();

        assertThat(ttftMillis()).isCloseTo(2000, within(0.001));
        assertThat(tokenMillis()).isCloseTo(40, within(0.001));
    }

    @Test
    void a_stream_that_breaks_late_was_no_slower_to_begin_but_failed_after_all_that_time() {
        new Past(registry, clock).delivered("a/m", 5, Duration.ofMillis(600), Duration.ofMillis(10));
        ScriptedCall call = streamed().started();
        after(600);
        call.commits();
        after(60_000);
        call.fails(FailureClass.STREAM_BROKEN);

        assertThat(ttftMillis()).isCloseTo(600, within(1.0));
        assertThat(view().state().failNanos().mean()).isCloseTo(60.6e9, within(1.0));
    }

    @Test
    void a_stream_that_never_began_waited_all_its_time() {
        new Past(registry, clock).delivered("a/m", 5, Duration.ofMillis(600), Duration.ofMillis(10));
        ScriptedCall call = streamed().started();
        after(9000);
        call.clientLeaves().fails(FailureClass.CANCELLED);

        assertThat(ttftMillis()).isCloseTo(9000, within(10.0));
    }

    @Test
    void an_attempt_that_never_was_sent_tells_nothing() {
        ScriptedCall call = unary().startedWithoutGrants();
        after(9000);
        call.clientLeaves();
        call.feed(new Event.Reserved(call.attempt(1)));

        assertThat(view().state().latency().measured()).isFalse();
        assertThat(view().state().calls()).isZero();
    }

    @Test
    void every_attempt_sent_counts_as_a_call_at_its_time() {
        unary().started().delivers();
        after(100);
        unary().started().fails(FailureClass.UPSTREAM_FAULT);

        assertThat(view().state().calls()).isEqualTo(2);
        assertThat(view().state().errors()).isEqualTo(1);
        assertThat(view().state().lastUsedNanos()).isEqualTo(clock.nanos());
    }

    @Test
    void a_probes_commit_closes_the_circuit_while_its_stream_still_flows() {
        new Past(registry, clock).failed("a/m", failure(FailureClass.TIMEOUT), 5);
        after(6000);
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()).stream(), clock)
                .started()
                .commits();

        assertThat(view().circuit(clock.nanos())).isEqualTo(Circuit.Phase.RAMPING);
        assertThat(call.over()).isFalse();
    }

    @Test
    void a_request_that_is_said_to_have_left_twice_left_the_first_time() {
        ScriptedCall call = streamed().started();
        after(400);
        call.feed(new Event.Sent(call.attempt(1)));
        after(200);
        call.commits().delivers();

        assertThat(call.selection().rounds().getFirst().result().sentNanos()).isEqualTo(ManualClock.START);
    }

    @Test
    void a_prompt_that_was_answered_is_expected_in_the_cache_and_priced_so() {
        var price = new dev.tierway.domain.money.Price(3_000_000, 15_000_000, 300_000L, null);
        ReplicaRegistry cached = Fleet.fleet()
                .with(dev.tierway.domain.fixture.Replicas.replica("a/m").price(price))
                .with(dev.tierway.domain.fixture.Replicas.replica("b/m").price(price))
                .registry();
        var prompt = new dev.tierway.domain.routing.PrefixHashes(new long[] {42}, new int[] {1500});
        ScriptedCall first = ScriptedCall.call(
                        cached, Requests.pinned(cached.catalogue(), "b/m").prefixes(prompt), clock)
                .started();
        first.delivers();

        var views = cached.snapshot(
                        java.util.List.copyOf(cached.catalogue().replicas()),
                        java.util.List.of(),
                        new dev.tierway.domain.fleet.RequestShape(1600, null, 1, prompt),
                        clock.nanos())
                .candidates();

        assertThat(views.get(0).cachedTokens()).isZero();
        assertThat(views.get(1).cachedTokens()).isEqualTo(1500);
    }

    @Test
    void what_vendors_bill_for_failures_is_learned() {
        assertThat(view().provider().billedShare()).isEqualTo(0.5);

        ScriptedCall refused = unary().started();
        refused.feed(new Event.Failed(refused.attempt(1), failure(FailureClass.OVERLOADED)));

        assertThat(view().provider().billedShare()).as("given back whole").isZero();
    }
}

package dev.tierway.domain.fleet;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.providerWide;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.LearningSettings;
import dev.tierway.domain.catalogue.RecentSettings;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Operators;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.routing.PrefixHashes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a decision sees of a candidate, of all that its replica, credential and quota domains say. */
class CandidateViewTest {
    private static final long NOW = ManualClock.START;
    private static final long SECOND = 1_000_000_000L;
    private static final RequestShape REQUEST = new RequestShape(1000, 100L, 1, Prompt.UNKNOWN);

    private final ManualClock clock = new ManualClock();

    @Test
    void load_is_the_share_of_the_slots_taken() {
        assertThat(Views.view(replica("p/m").limit(4), NOW).inFlight(3).build().load())
                .isEqualTo(0.75);
        assertThat(Views.view(replica("p/m"), NOW).inFlight(3).build().load())
                .as("nothing says that it is loaded")
                .isZero();
    }

    @Test
    void the_circuit_that_lets_less_through_counts() {
        assertThat(phase(ownOpen(), closed())).isEqualTo(Circuit.Phase.OPEN);
        assertThat(phase(closed(), ownOpen())).isEqualTo(Circuit.Phase.OPEN);
        assertThat(phase(ramping(), ownOpen())).isEqualTo(Circuit.Phase.OPEN);
        assertThat(phase(ownOpen(), ramping())).isEqualTo(Circuit.Phase.OPEN);
        assertThat(phase(ramping(), halfOpen())).isEqualTo(Circuit.Phase.HALF_OPEN);
        assertThat(phase(closed(), ramping())).isEqualTo(Circuit.Phase.RAMPING);
        assertThat(phase(closed(), closed())).isEqualTo(Circuit.Phase.CLOSED);
    }

    @Test
    void two_open_circuits_are_open_until_the_later_half_opens() {
        Circuit late = open(20);
        Circuit early = open(5);

        assertThat(until(late, early)).isEqualTo(late.openUntilNanos());
        assertThat(until(early, late)).isEqualTo(late.openUntilNanos());
        assertThat(until(early, closed())).isEqualTo(early.openUntilNanos());
        assertThat(until(closed(), early)).isEqualTo(early.openUntilNanos());
        assertThat(until(closed(), ramping())).isNull();
    }

    @Test
    void phases_are_named_as_people_write_them() {
        assertThat(Circuit.Phase.HALF_OPEN.id()).isEqualTo("half_open");
        assertThat(ProbeResult.UNREACHABLE.id()).isEqualTo("unreachable");
    }

    @Test
    void the_tightest_of_its_quota_domains_is_its_headroom() {
        ReplicaRegistry registry = twoDomains();
        assertThat(view(registry).headroom()).isNull();

        left(registry, "wide", 60, 9);
        assertThat(view(registry).headroom()).isEqualTo(0.8);
        left(registry, "narrow", 60, 6);
        assertThat(view(registry).headroom()).isEqualTo(0.5);
        left(registry, "wide", 60, 2);
        assertThat(view(registry).headroom()).isEqualTo(0.1);
        assertThat(view(registry).exhausted()).isNull();
    }

    @Test
    void of_several_exhausted_domains_the_one_that_has_room_last_is_told() {
        ReplicaRegistry registry = twoDomains();
        // Ten in so many seconds: a tenth of them until one comes back.
        left(registry, "wide", 30, 0);
        assertThat(view(registry).exhausted()).isEqualTo(exhausted("wide", 3));

        left(registry, "narrow", 20, 0);
        assertThat(view(registry).exhausted()).isEqualTo(exhausted("wide", 3));
        ReplicaRegistry other = twoDomains();
        left(other, "wide", 30, 0);
        left(other, "narrow", 40, 0);
        assertThat(view(other).exhausted()).isEqualTo(exhausted("narrow", 4));
    }

    private static ReplicaView.Exhausted exhausted(String domain, long seconds) {
        return new ReplicaView.Exhausted("domain:" + domain, Dimension.REQUESTS, NOW + seconds * SECOND);
    }

    @Test
    void a_cached_beginning_is_known_by_session_and_by_content_where_its_price_differs() {
        ReplicaRegistry registry = Fleet.fleet()
                .with(replica("p/m").price(new Price(1000, 2000, 100L, null)))
                .with(replica("q/m"))
                .registry();
        PrefixHashes content = new PrefixHashes(new long[] {7}, new int[] {2000});
        answered(registry, "p/m", content.inSession(9), 3000);
        answered(registry, "q/m", content.inSession(9), 3000);

        assertThat(cached(registry, "p/m", PrefixHashes.NONE.inSession(9))).isEqualTo(3000);
        assertThat(cached(registry, "p/m", content)).isEqualTo(2000);
        assertThat(cached(registry, "p/m", PrefixHashes.NONE)).isZero();
        assertThat(cached(registry, "q/m", PrefixHashes.NONE.inSession(9))).isZero();
    }

    private void answered(ReplicaRegistry registry, String id, PrefixHashes prompt, long input) {
        Permit permit = new Past(registry, clock).entered(id);
        registry.release(permit, new PermitOutcome.Succeeded(true, SECOND, SECOND, input, 5, 0, prompt), clock.nanos());
    }

    private int cached(ReplicaRegistry registry, String id, PrefixHashes prompt) {
        return view(registry, id, new RequestShape(9000, 100L, 1, prompt)).cachedTokens();
    }

    @Test
    void a_provider_is_healthy_while_nine_of_ten_calls_worked_lately() {
        ProviderState nine = provider(9, 1);

        assertThat(ProviderState.FRESH.healthyLately(NOW, RecentSettings.DEFAULTS))
                .isTrue();
        assertThat(nine.healthyLately(NOW, RecentSettings.DEFAULTS)).isTrue();
        assertThat(provider(8, 1).healthyLately(NOW, RecentSettings.DEFAULTS)).isFalse();
        assertThat(provider(0, 1).healthyLately(NOW, RecentSettings.DEFAULTS)).isFalse();
        assertThat(provider(8, 1).healthyLately(NOW + 10 * SECOND, RecentSettings.DEFAULTS))
                .as("long ago")
                .isTrue();
    }

    private static ProviderState provider(int good, int bad) {
        ProviderState state = ProviderState.FRESH;
        for (int i = 0; i < good; i++) {
            state = state.succeeded(LearningSettings.DEFAULTS, NOW);
        }
        for (int i = 0; i < bad; i++) {
            state = state.failed(failure(FailureClass.TIMEOUT), null, LearningSettings.DEFAULTS, NOW);
        }
        return state;
    }

    @Test
    void only_what_counts_is_counted_against_a_provider() {
        ProviderState state = ProviderState.FRESH
                .failed(failure(FailureClass.INVALID_REQUEST), null, LearningSettings.DEFAULTS, NOW)
                .failed(failure(FailureClass.CANCELLED), null, LearningSettings.DEFAULTS, NOW);

        assertThat(state.recent().second(NOW)).isZero();
        assertThat(provider(0, 2).recent().second(NOW)).isEqualTo(2);
    }

    @Test
    void a_provider_rests_when_the_answer_was_about_all_of_it() {
        assertThat(ProviderState.FRESH
                        .failed(providerWide(FailureClass.RATE_LIMITED), null, LearningSettings.DEFAULTS, NOW)
                        .cooldown()
                        .active(NOW))
                .isTrue();
        assertThat(ProviderState.FRESH
                        .failed(failure(FailureClass.RATE_LIMITED), null, LearningSettings.DEFAULTS, NOW)
                        .cooldown()
                        .active(NOW))
                .isFalse();
        assertThat(ProviderState.FRESH
                        .failed(providerWide(FailureClass.TIMEOUT), null, LearningSettings.DEFAULTS, NOW)
                        .cooldown()
                        .active(NOW))
                .isFalse();
    }

    @Test
    void guessed_rests_of_a_provider_double_when_it_is_limited_and_not_when_it_is_overloaded() {
        ProviderState limited = ProviderState.FRESH.failed(
                providerWide(FailureClass.RATE_LIMITED), null, LearningSettings.DEFAULTS, NOW);
        ProviderState overloaded =
                ProviderState.FRESH.failed(providerWide(FailureClass.OVERLOADED), null, LearningSettings.DEFAULTS, NOW);

        assertThat(limited.cooldown()).isEqualTo(new Cooldown(NOW + SECOND, 1));
        assertThat(limited.failed(
                                providerWide(FailureClass.RATE_LIMITED), null, LearningSettings.DEFAULTS, NOW + SECOND)
                        .cooldown())
                .isEqualTo(new Cooldown(NOW + 3 * SECOND, 2));
        assertThat(overloaded.cooldown()).isEqualTo(new Cooldown(NOW + SECOND, 0));
    }

    @Test
    void a_reset_credential_keeps_its_rest_unless_it_is_marked_healthy() {
        ProviderState resting = ProviderState.FRESH.failed(
                providerWide(FailureClass.RATE_LIMITED), null, LearningSettings.DEFAULTS, NOW);

        assertThat(resting.trusted(false).cooldown().active(NOW)).isTrue();
        assertThat(resting.trusted(true).cooldown().active(NOW)).isFalse();
    }

    @Test
    void what_failures_are_billed_is_a_half_until_a_vendor_tells() {
        ProviderState told = ProviderState.FRESH
                .failed(failure(FailureClass.TIMEOUT), 1.0, LearningSettings.DEFAULTS, NOW)
                .failed(failure(FailureClass.TIMEOUT), 0.5, LearningSettings.DEFAULTS, NOW)
                .failed(failure(FailureClass.TIMEOUT), null, LearningSettings.DEFAULTS, NOW);

        assertThat(ProviderState.FRESH.billedShare()).isEqualTo(0.5);
        assertThat(told.billedShare()).isEqualTo(0.75);
    }

    @Test
    void a_unary_call_that_failed_waited_for_its_whole_answer() {
        ReplicaRegistry registry = Fleet.of("p/m").registry();
        Permit permit = new Past(registry, clock).entered("p/m");
        Failure timeout = Failure.of(FailureClass.TIMEOUT, Processed.UNKNOWN, "");
        registry.release(permit, new PermitOutcome.Failed(timeout, false, 12 * SECOND, 12 * SECOND, 10), NOW);

        double expected = 1e9 + 256 * 20e6;
        assertThat(view(registry).state().latency().ttft()).isEqualTo(new PeakEwma(12e9 / expected, NOW));
    }

    @Test
    void a_stream_of_one_token_tells_nothing_of_the_time_per_token() {
        ReplicaRegistry registry = Fleet.of("p/m").registry();
        Permit permit = new Past(registry, clock).entered("p/m");
        registry.release(permit, new PermitOutcome.Succeeded(true, SECOND, 2 * SECOND, 10, 1), NOW);

        assertThat(view(registry).state().latency().token()).isNull();
        assertThat(view(registry).modelState().tokenNanos().known()).isFalse();
    }

    @Test
    void what_was_charged_twice_is_taken_back_once() {
        RetryBudget budget =
                RetryBudget.EMPTY.first(new RetryBudget.Rule(0.2, 3), NOW).charged(new RetryBudget.Rule(0.2, 3), NOW);

        assertCounts(budget.minus(true, false, NOW), 0, 1);
        assertCounts(budget.minus(false, true, NOW), 1, 0);
        assertCounts(budget.minus(true, true, NOW), 1, 0);
        assertCounts(budget.minus(false, false, NOW), 1, 1);
    }

    private static void assertCounts(RetryBudget budget, int first, int charged) {
        assertThat(budget.counts().first(NOW)).isEqualTo(first);
        assertThat(budget.counts().second(NOW)).isEqualTo(charged);
    }

    @Test
    void the_success_rate_that_is_just_enough_does_not_open_a_circuit() {
        Circuit circuit = closed();
        for (int i = 0; i < 4; i++) {
            circuit = circuit.succeeded(0, NOW);
        }
        Circuit four = circuit.failed(0, FailureClass.TIMEOUT, NOW, CircuitSettings.DEFAULTS, 1);

        assertThat(four.tripped()).as("four of five").isFalse();
        assertThat(four.failed(0, FailureClass.TIMEOUT, NOW, CircuitSettings.DEFAULTS, 1)
                        .tripped())
                .as("four of six")
                .isTrue();
    }

    @Test
    void as_few_results_as_are_enough_open_a_circuit() {
        Circuit three = closed().succeeded(0, NOW).succeeded(0, NOW).succeeded(0, NOW);
        Circuit four = three.failed(0, FailureClass.TIMEOUT, NOW, CircuitSettings.DEFAULTS, 1);

        assertThat(four.tripped()).as("three of four").isFalse();
        assertThat(four.failed(0, FailureClass.TIMEOUT, NOW, CircuitSettings.DEFAULTS, 1)
                        .tripped())
                .as("three of five")
                .isTrue();
    }

    @Test
    void who_ignored_an_open_circuit_and_failed_otherwise_does_not_prolong_it() {
        ReplicaRegistry registry = Fleet.of("p/m").registry();
        Past past = new Past(registry, clock).failed("p/m", failure(FailureClass.TIMEOUT), 5);
        Circuit opened = past.view("p/m").state().circuit();
        clock.advance(Duration.ofSeconds(2));

        past.failed("p/m", failure(FailureClass.UPSTREAM_FAULT), 1);

        assertThat(past.view("p/m").state().circuit().openUntilNanos()).isEqualTo(opened.openUntilNanos());
        assertThat(past.view("p/m").state().circuit().cause()).isEqualTo(FailureClass.TIMEOUT);
    }

    @Test
    void an_attempt_that_tests_a_credential_is_a_probe() {
        ReplicaRegistry registry = Fleet.of("p/m").registry();
        Past past = new Past(registry, clock).failed("p/m", failure(FailureClass.CREDENTIAL), 1);
        clock.advance(Duration.ofSeconds(6));

        assertThat(past.probing("p/m").probe()).isTrue();
    }

    @Test
    void a_providers_own_retry_budget_binds_where_the_gateways_has_room() {
        RetrySettings none = new RetrySettings(0, 0, true, Duration.ZERO);
        ReplicaRegistry registry = Fleet.fleet()
                .with(replica("p/m").retry(none))
                .with(replica("q/m"))
                .registry();
        for (String id : List.of("p/m", "q/m")) {
            Replica replica = Objects.requireNonNull(registry.catalogue().replica(new ReplicaId(id)));
            RetryBudget.Rule roomy = new RetryBudget.Rule(1, 100);

            assertThat(registry.acquire(new PermitRequest(replica, false, false, true, roomy), NOW))
                    .isInstanceOf(id.equals("p/m") ? PermitResult.Refused.class : PermitResult.Granted.class);
            assertThat(registry.acquire(new PermitRequest(replica, false, false, false, roomy), NOW))
                    .as("what isn't charged")
                    .isInstanceOf(PermitResult.Granted.class);
        }
    }

    @Test
    void openings_are_remembered_for_a_minute_closed_and_no_longer() {
        Circuit ramping = ramping();

        assertThat(openedAgain(ramping, 60 * SECOND).openings()).isEqualTo(2);
        assertThat(openedAgain(ramping, 60 * SECOND + 1).openings()).isEqualTo(1);
    }

    private static Circuit openedAgain(Circuit circuit, long later) {
        return circuit.open(
                FailureClass.TIMEOUT, circuit.closedAtNanos() + later, SECOND, 9 * SECOND, CircuitSettings.DEFAULTS, 0);
    }

    @Test
    void a_probe_that_none_has_taken_is_not_returned() {
        Circuit halfOpen = halfOpen();

        assertThat(halfOpen.probeReturned(halfOpen.epoch())).isEqualTo(halfOpen);
        assertThat(halfOpen.probeTaken().probeReturned(halfOpen.epoch())).isEqualTo(halfOpen);
        assertThat(halfOpen.probeTaken().probeReturned(halfOpen.epoch() - 1)).isEqualTo(halfOpen.probeTaken());
    }

    @Test
    void a_reset_provider_resets_what_serves_its_unlisted_models() {
        ReplicaRegistry registry = Fleet.fleet().passthrough("hub").registry();
        Replica unlisted = Objects.requireNonNull(registry.catalogue().unlisted("hub/any"));
        for (int i = 0; i < 5; i++) {
            PermitRequest request = new PermitRequest(unlisted, true, true, false, new RetryBudget.Rule(0.2, 3));
            Permit permit = ((PermitResult.Granted) registry.acquire(request, NOW)).permit();
            registry.release(permit, new PermitOutcome.Failed(failure(FailureClass.TIMEOUT), true, 1, 1, 10), NOW);
        }
        assertThat(circuit(registry, unlisted)).isEqualTo(Circuit.Phase.OPEN);

        Operators.resetCircuit(registry, Scope.provider("hub"));
        assertThat(circuit(registry, unlisted)).isEqualTo(Circuit.Phase.CLOSED);
    }

    private static Circuit.Phase circuit(ReplicaRegistry registry, Replica replica) {
        return registry.snapshot(List.of(replica), List.of(), NOW)
                .candidates()
                .getFirst()
                .circuit(NOW);
    }

    private static Circuit closed() {
        return Circuit.closed(CircuitSettings.DEFAULTS);
    }

    private static Circuit ownOpen() {
        return open(5);
    }

    private static Circuit open(long seconds) {
        return closed().open(FailureClass.TIMEOUT, NOW, seconds * SECOND, 300 * SECOND, CircuitSettings.DEFAULTS, 0);
    }

    private static Circuit halfOpen() {
        return closed().open(
                        FailureClass.TIMEOUT,
                        NOW - 100 * SECOND,
                        5 * SECOND,
                        300 * SECOND,
                        CircuitSettings.DEFAULTS,
                        0);
    }

    private static Circuit ramping() {
        Circuit open = halfOpen();
        return open.probeCommitted(open.epoch(), NOW - SECOND, CircuitSettings.DEFAULTS);
    }

    private static Circuit.Phase phase(Circuit own, Circuit credential) {
        return view(own, credential).circuit(NOW);
    }

    private static Long until(Circuit own, Circuit credential) {
        return view(own, credential).openUntilNanos(NOW);
    }

    private static ReplicaView view(Circuit own, Circuit credential) {
        ReplicaView view = Views.view(replica("p/m"), NOW).build();
        return new ReplicaView(
                view.replica(),
                view.dialect(),
                view.model(),
                view.state().with(0, own),
                view.modelState(),
                view.provider().with(credential),
                view.probe(),
                null,
                null,
                0,
                view.standing());
    }

    private static ReplicaRegistry twoDomains() {
        Limit requests = Limit.per(Dimension.REQUESTS, 10, Duration.ofMinutes(1));
        return Fleet.fleet()
                .domain("wide", requests)
                .domain("narrow", requests)
                .with(replica("p/m").domain("wide").domain("narrow"))
                .registry();
    }

    /** So many of ten requests in that time. */
    private static void left(ReplicaRegistry registry, String domain, long seconds, long requests) {
        Limit ten = Limit.per(Dimension.REQUESTS, 10, Duration.ofSeconds(seconds));
        registry.left(new Left(new Descriptor("domain:" + domain, Side.DOMAIN, ten), requests, 0, false), NOW);
    }

    private static ReplicaView view(ReplicaRegistry registry) {
        return view(registry, "p/m", REQUEST);
    }

    private static ReplicaView view(ReplicaRegistry registry, String id, RequestShape request) {
        Replica replica = Objects.requireNonNull(registry.catalogue().replica(new ReplicaId(id)));
        return registry.snapshot(List.of(replica), List.of(), request, NOW)
                .candidates()
                .getFirst();
    }
}

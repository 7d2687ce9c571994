package dev.tierway.domain.fleet;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.providerWide;
import static dev.tierway.domain.fixture.Failures.retryAfter;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.AccountSettings;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.CooldownSettings;
import dev.tierway.domain.catalogue.LearningSettings;
import dev.tierway.domain.catalogue.PromptCacheSettings;
import dev.tierway.domain.catalogue.RecentSettings;
import dev.tierway.domain.catalogue.SuccessSettings;
import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.routing.PrefixHashes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What settings of the fleet's learning change. */
class LearningSettingsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final CircuitSettings QUICK = new CircuitSettings(
            1,
            0.8,
            Duration.ofSeconds(30),
            5,
            Duration.ofSeconds(10),
            Duration.ofSeconds(100),
            1,
            Duration.ofSeconds(20),
            0.5,
            Duration.ofSeconds(1),
            0);

    private final ManualClock clock = new ManualClock();

    private static LearningSettings with(CooldownSettings cooldown) {
        LearningSettings standing = LearningSettings.DEFAULTS;
        return new LearningSettings(
                standing.success(),
                standing.unmeasured(),
                cooldown,
                standing.accounts(),
                standing.recent(),
                standing.promptCache());
    }

    private static LearningSettings with(SuccessSettings success) {
        LearningSettings standing = LearningSettings.DEFAULTS;
        return new LearningSettings(
                success,
                standing.unmeasured(),
                standing.cooldown(),
                standing.accounts(),
                standing.recent(),
                standing.promptCache());
    }

    private static LearningSettings with(AccountSettings accounts) {
        LearningSettings standing = LearningSettings.DEFAULTS;
        return new LearningSettings(
                standing.success(),
                standing.unmeasured(),
                standing.cooldown(),
                accounts,
                standing.recent(),
                standing.promptCache());
    }

    private static LearningSettings with(RecentSettings recent) {
        LearningSettings standing = LearningSettings.DEFAULTS;
        return new LearningSettings(
                standing.success(),
                standing.unmeasured(),
                standing.cooldown(),
                standing.accounts(),
                recent,
                standing.promptCache());
    }

    private static AccountSettings.Times seconds(long open, long most) {
        return new AccountSettings.Times(Duration.ofSeconds(open), Duration.ofSeconds(most));
    }

    private Past past(LearningSettings learning) {
        return new Past(Fleet.fleet().with(replica("a/m").learning(learning)).registry(), clock);
    }

    private void after(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    @Test
    void successes_and_failures_halve_in_the_half_life() {
        Past past = past(with(new SuccessSettings(20, 0.95, 0.95, 0.999, 0.02, 0.2, 2 * SECOND)));
        past.delivered("a/m", 8).failed("a/m", failure(FailureClass.UPSTREAM_FAULT), 4);
        after(2_000);

        assertThat(past.view("a/m").successesAt(clock.nanos())).isCloseTo(4, within(1e-6));
        assertThat(past.view("a/m").failuresAt(clock.nanos())).isCloseTo(2, within(1e-6));
    }

    @Test
    void guessed_rests_begin_double_and_end_where_they_are_told() {
        CooldownSettings settings = new CooldownSettings(3 * SECOND, 5 * SECOND, 60 * SECOND);

        Cooldown first = Cooldown.NONE.rest(null, true, 0, settings);
        Cooldown second = first.rest(null, true, 3 * SECOND, settings);

        assertThat(first.untilNanos()).isEqualTo(3 * SECOND);
        assertThat(second.untilNanos()).isEqualTo(8 * SECOND);
        assertThat(Cooldown.NONE.rest(70_000L, true, 0, settings).untilNanos()).isEqualTo(60 * SECOND);
    }

    @Test
    void a_replica_rests_as_its_own_settings_say() {
        Past past = past(with(new CooldownSettings(3 * SECOND, 5 * SECOND, 60 * SECOND)));
        past.failed("a/m", failure(FailureClass.RATE_LIMITED), 1);

        assertThat(past.view("a/m").state().cooldown().untilNanos()).isEqualTo(clock.nanos() + 3 * SECOND);
    }

    @Test
    void nobody_rests_longer_than_a_vendor_is_followed() {
        Past past = past(with(new CooldownSettings(SECOND, 5 * SECOND, 10 * SECOND)));
        past.failed("a/m", retryAfter(FailureClass.RATE_LIMITED, 3_600_000), 1);

        assertThat(past.view("a/m").state().cooldown().untilNanos()).isEqualTo(clock.nanos() + 10 * SECOND);
    }

    @Test
    void circuits_of_accounts_open_for_their_own_times() {
        AccountSettings accounts = new AccountSettings(QUICK, seconds(7, 70), seconds(8, 80), seconds(9, 90));
        Past credential = past(with(accounts)).failed("a/m", providerWide(FailureClass.CREDENTIAL), 1);
        Past exhausted = past(with(accounts)).failed("a/m", providerWide(FailureClass.ACCOUNT_EXHAUSTED), 1);
        Past misconfigured = past(with(accounts)).failed("a/m", failure(FailureClass.MISCONFIGURED), 1);

        assertThat(credential.view("a/m").provider().circuit().openUntilNanos())
                .as("without jitter")
                .isEqualTo(clock.nanos() + 7 * SECOND);
        assertThat(exhausted.view("a/m").provider().circuit().openUntilNanos()).isEqualTo(clock.nanos() + 8 * SECOND);
        assertThat(misconfigured.view("a/m").state().circuit().openUntilNanos())
                .isBetween(clock.nanos() + 9 * SECOND, clock.nanos() + 10 * SECOND);
    }

    @Test
    void a_providers_circuit_ramps_as_its_own_circuit_does() {
        AccountSettings accounts = new AccountSettings(QUICK, seconds(7, 70), seconds(8, 80), seconds(9, 90));
        Past past = past(with(accounts)).failed("a/m", providerWide(FailureClass.CREDENTIAL), 1);
        after(7_000);
        past.delivered("a/m", 1);

        assertThat(past.view("a/m").circuit(clock.nanos())).isEqualTo(Circuit.Phase.RAMPING);
        after(20_000);
        assertThat(past.view("a/m").circuit(clock.nanos())).isEqualTo(Circuit.Phase.CLOSED);
    }

    @Test
    void a_ramp_begins_where_it_is_told_and_openings_are_forgotten_when_told() {
        Circuit open = Circuit.closed(QUICK).failed(0, FailureClass.TIMEOUT, 0, QUICK, 1);
        Circuit ramping = open.probeCommitted(1, 10 * SECOND, QUICK);

        assertThat(open.openUntilNanos()).as("no jitter").isEqualTo(10 * SECOND);
        assertThat(ramping.admittedShare(10 * SECOND, QUICK)).isEqualTo(0.5);
        assertThat(ramping.admittedShare(20 * SECOND, QUICK)).isEqualTo(0.75);
        assertThat(ramping.failed(2, FailureClass.TIMEOUT, 11 * SECOND, QUICK, 1)
                        .openings())
                .isEqualTo(2);
        assertThat(ramping.failed(2, FailureClass.TIMEOUT, 12 * SECOND, QUICK, 1)
                        .openings())
                .as("closed for more than a second")
                .isEqualTo(1);
    }

    @Test
    void retry_budgets_and_health_look_back_on_the_window() {
        RecentSettings recent = new RecentSettings(60 * SECOND, 0.5);
        Past past = past(with(recent));
        past.delivered("a/m", 1).failed("a/m", failure(FailureClass.UPSTREAM_FAULT), 1);

        assertThat(past.view("a/m").providerHealthy(clock.nanos()))
                .as("half is enough")
                .isTrue();
        past.failed("a/m", failure(FailureClass.UPSTREAM_FAULT), 1);
        after(30_000);
        assertThat(past.view("a/m").providerHealthy(clock.nanos()))
                .as("not forgotten after ten seconds")
                .isFalse();
        after(31_000);
        assertThat(past.view("a/m").providerHealthy(clock.nanos())).isTrue();
    }

    @Test
    void another_window_forgets_nothing_that_was_counted() {
        RetryBudget.Rule narrow = new RetryBudget.Rule(0, 2, 10 * SECOND);
        RetryBudget.Rule wide = new RetryBudget.Rule(0, 2, 60 * SECOND);
        RetryBudget charged = RetryBudget.EMPTY.charged(narrow, 0).charged(wide, SECOND);

        assertThat(charged.allows(wide, SECOND)).isFalse();
        assertThat(charged.allows(wide, 50 * SECOND)).isFalse();
        assertThat(charged.allows(wide, 70 * SECOND)).isTrue();
    }

    @Test
    void caches_hold_what_they_are_expected_to() {
        PromptCacheSettings settings = new PromptCacheSettings(10, 100);
        PrefixTable table = new PrefixTable();
        table.remember(PrefixHashes.NONE.inSession(77), 150, settings, 0);
        table.remember(PrefixHashes.NONE.inSession(78), 99, settings, 0);

        assertThat(table.heldTokens(PrefixHashes.NONE.inSession(77), 150, settings, 10 * SECOND))
                .isEqualTo(150);
        assertThat(table.heldTokens(PrefixHashes.NONE.inSession(77), 150, settings, 11 * SECOND))
                .isZero();
        assertThat(table.heldTokens(PrefixHashes.NONE.inSession(78), 150, settings, 0))
                .isZero();
    }

    @Test
    void a_model_nobody_has_measured_takes_what_is_assumed() {
        UnmeasuredSettings assumed = new UnmeasuredSettings(3e9, 5e6, 40);

        assertThat(ModelState.UNMEASURED.expectedTtftNanos(10, assumed)).isEqualTo(3e9);
        assertThat(ModelState.UNMEASURED.expectedTokenNanos(assumed)).isEqualTo(5e6);
        assertThat(OutputSizes.START.mean(40)).isEqualTo(40);
        assertThat(OutputSizes.START.p95(40)).isEqualTo(160);
        assertThat(new RequestShape(10, null, 2, Prompt.UNKNOWN).outputTokens(ModelState.UNMEASURED, assumed))
                .isEqualTo(80);
    }

    @Test
    void a_reloads_settings_hold_for_what_was_learnt_before() {
        ReplicaRegistry registry = Fleet.of("a/m").registry();
        Past past = new Past(registry, clock);
        past.failed("a/m", failure(FailureClass.UPSTREAM_FAULT), 4);
        after(10_000);
        double slowly = past.view("a/m").failuresAt(clock.nanos());

        registry.swap(Fleet.fleet()
                .with(replica("a/m").learning(with(new SuccessSettings(20, 0.95, 0.95, 0.999, 0.02, 0.2, SECOND))))
                .catalogue());

        assertThat(slowly).isGreaterThan(3);
        assertThat(past.view("a/m").failuresAt(clock.nanos())).isLessThan(0.01);
    }
}

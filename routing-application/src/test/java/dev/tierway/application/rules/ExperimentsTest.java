package dev.tierway.application.rules;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.ArmReport;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.Estimate;
import dev.tierway.application.rules.Direction.Arm;
import dev.tierway.application.rules.Direction.StickyBy;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.routing.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Assignment to arms, spilling out of them, and the read-out. */
class ExperimentsTest {
    private static final Fleet FLEET = Fleet.fleet()
            .with(replica("a/old"))
            .with(replica("b/new").unpriced())
            .with(replica("c/other"));

    private static Rule trial(StickyBy by, int weightOfOld, int weightOfNew, boolean fallback) {
        return new Rule(
                "trial",
                List.of(),
                Narrowing.NONE,
                new Direction.Experiment(
                        by,
                        List.of(
                                new Arm("control", Target.parse("old"), weightOfOld),
                                new Arm("treatment", Target.parse("new"), weightOfNew)),
                        fallback));
    }

    private static String arm(TestApplication app, String user) {
        CallOptions options = user == null
                ? CallOptions.NONE
                : CallOptions.builder().endUser(user).build();
        return app.service
                .explain(app.command(Target.parse("tier:mid"), false, options))
                .features()
                .ask()
                .ruling()
                .arm();
    }

    private static long treated(Rule rule, int users) {
        TestApplication app = TestApplication.with(FLEET, rule);
        long treated = 0;
        for (int i = 0; i < users; i++) {
            treated += arm(app, "user-" + i).equals("treatment") ? 1 : 0;
        }
        return treated;
    }

    @Test
    void a_user_keeps_its_arm_on_every_instance() {
        for (int i = 0; i < 50; i++) {
            String user = "user-" + i;
            assertThat(arm(TestApplication.with(FLEET, trial(StickyBy.USER, 1, 1, true)), user))
                    .isEqualTo(arm(TestApplication.with(FLEET, trial(StickyBy.USER, 1, 1, true)), user));
        }
    }

    @Test
    void arms_get_their_shares() {
        assertThat(treated(trial(StickyBy.USER, 90, 10, true), 4000)).isBetween(340L, 460L);
        assertThat(treated(trial(StickyBy.USER, 1, 0, true), 200)).isZero();
        assertThat(treated(trial(StickyBy.USER, 0, 1, true), 200)).isEqualTo(200);
    }

    @Test
    void moving_weight_moves_only_the_users_between() {
        TestApplication before = TestApplication.with(FLEET, trial(StickyBy.USER, 90, 10, true));
        TestApplication after = TestApplication.with(FLEET, trial(StickyBy.USER, 50, 50, true));
        for (int i = 0; i < 500; i++) {
            if (arm(before, "user-" + i).equals("treatment")) {
                assertThat(arm(after, "user-" + i)).isEqualTo("treatment");
            }
        }
    }

    @Test
    void calls_without_what_sticks_are_assigned_one_by_one() {
        TestApplication app = TestApplication.with(FLEET, trial(StickyBy.USER, 1, 1, true));
        List<String> arms = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            arms.add(arm(app, null));
        }
        assertThat(arms).contains("control", "treatment");
        TestApplication byRequest = TestApplication.with(FLEET, trial(StickyBy.REQUEST, 1, 1, true));
        List<String> sameUser = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sameUser.add(arm(byRequest, "one"));
        }
        assertThat(sameUser).contains("control", "treatment");
    }

    private static final Rule ALL_TREATED = trial(StickyBy.USER, 0, 1, true);

    private static ArmReport treatment(TestApplication app) {
        return app.experiments.experiments().getFirst().arms().get(1);
    }

    @Test
    void while_its_arm_can_serve_a_call_stays_there() {
        TestApplication app = TestApplication.with(FLEET, ALL_TREATED);
        RecordingSink sink = new RecordingSink();
        app.call(sink);
        app.transport.last().answers("hi");

        assertThat(app.transport.last().replica()).isEqualTo("b/new");
        assertThat(sink.selection().rounds().getFirst().choice().verdicts())
                .filteredOn(verdict -> !verdict.eligible())
                .allSatisfy(verdict ->
                        assertThat(verdict.rejections().getFirst().code()).isEqualTo("held_back"));
        assertThat(treatment(app).delivered()).isEqualTo(1);
    }

    @Test
    void a_call_that_spills_to_what_was_asked_for_stays_out_of_the_read_out() {
        TestApplication app = TestApplication.with(FLEET, ALL_TREATED);
        RecordingSink sink = new RecordingSink();
        app.call(sink);
        app.transport.last().sent().fails(FailureClass.UPSTREAM_FAULT);
        app.transport.last().answers("hi");

        assertThat(app.transport.attempts())
                .extracting(one -> one.replica())
                .first()
                .isEqualTo("b/new");
        assertThat(app.transport.last().replica()).isNotEqualTo("b/new");
        ArmReport report = treatment(app);
        assertThat(report.calls()).isEqualTo(1);
        assertThat(report.spilled()).isEqualTo(1);
        assertThat(report.delivered()).isZero();
        assertThat(report.success().value()).isNull();
        assertThat(report.meanTotalMs().value()).isNull();
    }

    @Test
    void without_fallback_a_failure_is_the_arms() {
        TestApplication app = TestApplication.with(FLEET, trial(StickyBy.USER, 0, 1, false));
        RecordingSink sink = new RecordingSink();
        app.call(sink);
        app.transport.last().sent().fails(FailureClass.UPSTREAM_FAULT);

        assertThat(app.transport.attempts()).hasSize(1);
        assertThat(treatment(app).failed()).isEqualTo(1);
        assertThat(treatment(app).success().value()).isZero();
    }

    @Test
    void what_says_nothing_about_the_arm_is_left_out() {
        TestApplication app = TestApplication.with(FLEET, ALL_TREATED);
        RecordingSink wrong = new RecordingSink();
        app.call(wrong);
        app.transport.last().sent().fails(FailureClass.INVALID_REQUEST);
        RecordingSink left = new RecordingSink();
        app.call(left).leave();
        app.executor.turn();

        assertThat(treatment(app).leftOut()).isEqualTo(2);
        assertThat(treatment(app).calls()).isEqualTo(2);
        assertThat(treatment(app).failed()).isZero();
    }

    @Test
    void cost_and_time_of_delivered_calls_with_their_intervals() {
        TestApplication app = TestApplication.with(FLEET, trial(StickyBy.USER, 1, 0, true));
        for (int i = 1; i <= 20; i++) {
            RecordingSink sink = new RecordingSink();
            app.call(sink);
            app.advance(Duration.ofMillis(100L * i));
            app.transport.last().answers("hi");
        }
        ArmReport control = app.experiments.experiments().getFirst().arms().getFirst();

        assertThat(control.delivered()).isEqualTo(20);
        // 1,000 tokens in and 100 out, at 1 and 2 dollars per million.
        assertThat(control.meanCostUsd().value()).isCloseTo(0.0012, within(1e-9));
        assertThat(control.unpriced()).isZero();
        assertThat(control.meanTotalMs().value()).isCloseTo(1050, within(1e-6));
        // 1.96 × 591.6 / √20
        assertThat(control.meanTotalMs().low()).isCloseTo(1050 - 259.28, within(0.1));
        assertThat(control.medianTotalMs().value()).isCloseTo(1050, within(1e-6));
        assertThat(control.medianTotalMs().low()).isLessThan(1000).isGreaterThanOrEqualTo(400);
        assertThat(control.meanTtftMs()).as("nothing was streamed").isEqualTo(Estimate.NONE);
        assertThat(control.success().low()).isCloseTo(0.8389, within(0.0001));
    }

    @Test
    void streams_have_a_time_to_their_first_token_and_unknown_prices_are_counted() {
        TestApplication app = TestApplication.with(FLEET, ALL_TREATED);
        RecordingSink sink = new RecordingSink();
        app.stream(sink);
        app.transport.last().sent().head();
        app.advance(Duration.ofMillis(250));
        app.transport.last().says("h");
        app.advance(Duration.ofMillis(750));
        app.transport.last().says("i").ends();

        ArmReport report = treatment(app);
        assertThat(report.meanTtftMs()).isEqualTo(new Estimate(250.0, null, null));
        assertThat(report.meanTotalMs().value()).isEqualTo(1000);
        assertThat(report.meanCostUsd()).isEqualTo(Estimate.NONE);
        assertThat(report.unpriced()).isEqualTo(1);
    }

    @Test
    void an_experiment_that_is_off_shows_what_it_had_and_can_start_again() {
        TestApplication app = TestApplication.with(FLEET, ALL_TREATED);
        app.call(new RecordingSink());
        app.transport.last().answers("hi");
        app.rules.enable("trial", false);

        assertThat(app.experiments.experiments().getFirst().enabled()).isFalse();
        assertThat(treatment(app).calls()).isEqualTo(1);
        app.experiments.restart("trial");
        assertThat(treatment(app).calls()).isZero();
    }

    @Test
    void a_ruling_without_preference_means_everybody() {
        var anybody = new dev.tierway.domain.catalogue.ReplicaId("x/y");

        assertThat(new Ruling("r", null, java.util.Set.of()).means(anybody)).isTrue();
        assertThat(new Ruling("r", "a", java.util.Set.of(new dev.tierway.domain.catalogue.ReplicaId("p/q")))
                        .means(anybody))
                .isFalse();
    }
}

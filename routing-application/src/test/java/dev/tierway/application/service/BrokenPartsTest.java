package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.error.Errors;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Limits;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.routing.Candidate;
import dev.tierway.domain.routing.Pick;
import dev.tierway.domain.routing.RankingStrategy;
import dev.tierway.domain.routing.Situation;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of calls when a part throws or talks nonsense. */
class BrokenPartsTest {
    private final RecordingSink sink = new RecordingSink();

    private static RankingStrategy strategy(Function<List<Candidate>, Pick> pick) {
        return new RankingStrategy() {
            @Override
            public Strategy id() {
                return new Strategy("own");
            }

            @Override
            public Pick pick(List<Candidate> eligible, Situation situation) {
                return pick.apply(eligible);
            }
        };
    }

    private static TestApplication rankedBy(RankingStrategy strategy) {
        return TestApplication.with(
                Fleet.fleet()
                        .with(replica("a/m").price("9", "9"))
                        .with(replica("b/m").price("1", "1")),
                Policies.policy().strategy(strategy));
    }

    private static void assertAdaptiveAnswers(TestApplication app) {
        for (int n = 1; n <= 3; n++) {
            RecordingSink each = new RecordingSink();
            app.start(app.command("tier:mid", false), each);
            assertThat(app.transport.attempts()).hasSize(n);
            assertThat(app.transport.last().replica()).isEqualTo("b/m");
            app.transport.last().answers("hi");
            assertThat(each.result()).isInstanceOf(CallResult.Delivered.class);
            assertThat(each.selection().policy().strategy().id().id()).isEqualTo("own");
        }
        assertThat(app.recorded.internalErrors).as("told once").hasSize(1);
        assertThat(app.inFlight()).isZero();
    }

    @Test
    void a_strategy_that_throws_loses_no_call() {
        assertAdaptiveAnswers(rankedBy(strategy(eligible -> {
            throw new IllegalStateException("no idea");
        })));
    }

    @Test
    void nor_does_one_that_fails_to_link() {
        assertAdaptiveAnswers(rankedBy(strategy(eligible -> {
            throw new NoClassDefFoundError("some/Part");
        })));
    }

    @Test
    void nor_one_that_picks_nobody() {
        assertAdaptiveAnswers(rankedBy(strategy(eligible -> null)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.5, Double.NaN})
    void nor_one_that_picks_with_an_impossible_propensity(double propensity) {
        assertAdaptiveAnswers(rankedBy(strategy(eligible -> Pick.of(eligible.getFirst(), propensity))));
    }

    @Test
    void one_that_works_is_followed() {
        TestApplication app = rankedBy(strategy(eligible -> Pick.of(eligible.getFirst(), 1)));

        app.call(sink);

        assertThat(app.transport.last().replica()).isEqualTo("a/m");
        assertThat(app.recorded.internalErrors).isEmpty();
    }

    private void assertEnded(TestApplication app) {
        assertThat(sink.result()).isInstanceOf(CallResult.InternalError.class);
        assertThat(Errors.of(sink.selection()).code()).isEqualTo("internal_error");
        assertThat(app.recorded.internalErrors).hasSize(1);
        assertThat(app.recorded.decisions).containsExactly(sink.selection());
        assertThat(app.inFlight()).isZero();
        assertThat(app.executor.timers()).isZero();
        assertThat(app.service.runningCalls()).isZero();
    }

    private static TestApplication limited() {
        return TestApplication.with(Fleet.fleet()
                .domain("d", Limits.limit(Dimension.REQUESTS))
                .with(replica("a/m").domain("d")));
    }

    @Test
    void an_answer_that_makes_no_sense_ends_the_call_and_what_it_holds() {
        TestApplication app = limited();
        app.call(sink);

        app.transport.last().sent().head().endsWith(null);

        assertEnded(app);
        assertThat(app.quota.log()).containsExactly("reserve #1", "settle unknown #1", "finish");
    }

    @Test
    void so_does_one_whose_beginning_the_caller_has() {
        TestApplication app = limited();
        app.stream(sink);

        app.transport.last().sent().head().says("hi").endsWith(null);

        assertEnded(app);
        assertThat(sink.text()).isEqualTo("hi");
        assertThat(app.quota.log()).containsExactly("reserve #1", "settle unknown #1", "finish");
    }

    @Test
    void a_quota_store_that_talks_nonsense_ends_the_call_and_what_it_holds() {
        TestApplication app = limited();
        app.quota.answers(id -> new QuotaStore.Result.Denied(null, null, 0));

        app.call(sink);

        assertThat(sink.result()).isInstanceOf(CallResult.InternalError.class);
        assertThat(app.recorded.internalErrors).isNotEmpty();
        assertThat(app.transport.attempts()).isEmpty();
        assertThat(app.inFlight()).isZero();
        assertThat(app.service.runningCalls()).isZero();
    }
}

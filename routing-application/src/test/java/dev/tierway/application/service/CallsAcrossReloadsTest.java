package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.fixture.FakeTransport;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.quota.Limit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls under way keep the configuration they began with. */
class CallsAcrossReloadsTest {
    private final TestApplication app = TestApplication.with(Fleet.of("a/m", "b/m"));
    private final RecordingSink caller = new RecordingSink();

    private void reload(String... replicas) {
        app.changeover.change(() -> app.registry.swap(Fleet.of(replicas).catalogue()));
    }

    @Test
    void a_call_spills_to_a_replica_that_is_configured_away_meanwhile() {
        app.call(caller);
        FakeTransport.Attempt first = app.transport.last();
        reload("c/n");

        first.fails(FailureClass.UPSTREAM_FAULT);
        FakeTransport.Attempt second = app.transport.last();
        assertThat(List.of(first.replica(), second.replica())).containsExactlyInAnyOrder("a/m", "b/m");
        second.answers("hello");

        assertThat(caller.selection().generation()).as("the one that decided").isEqualTo(1);
        assertThat(caller.result()).isInstanceOf(CallResult.Delivered.class);
    }

    @Test
    void a_call_that_begins_after_it_sees_the_new_one_only() {
        reload("c/m");
        app.call(caller);

        assertThat(app.transport.last().replica()).isEqualTo("c/m");
        app.transport.last().answers("hello");
        assertThat(caller.selection().generation()).isEqualTo(2);
        assertThatThrownBy(() -> app.start(app.command("a/m", false), new RecordingSink()))
                .isInstanceOf(UnknownModelException.class);
    }

    @Test
    void transports_are_held_until_the_last_thing_of_a_call_has_ended() {
        app.call(caller);
        assertThat(app.transport.holders()).isEqualTo(1);

        app.transport.last().answers("hello");

        assertThat(app.transport.holders()).isZero();
    }

    @Test
    void what_was_reserved_of_a_limit_that_is_gone_is_settled() {
        TestApplication limited = TestApplication.with(Fleet.fleet()
                .domain("d", Limit.concurrency(1))
                .with(replica("a/m").domain("d")));
        limited.call(caller);
        assertThat(limited.quota.reserved()).hasSize(1);
        limited.registry.swap(Fleet.of("b/m").catalogue());

        limited.transport.last().answers("hello");

        assertThat(limited.quota.log()).anyMatch(line -> line.startsWith("settle"));
        assertThat(limited.inFlight()).isZero();
    }

    @Test
    void nobody_holds_transports_for_a_call_that_is_refused_or_only_explained() {
        assertThatThrownBy(() -> app.service.call(app.command("nobody", false), caller))
                .isInstanceOf(UnknownModelException.class);
        app.service.explain(app.command("tier:mid", false));
        assertThat(app.transport.holders()).isZero();
    }
}

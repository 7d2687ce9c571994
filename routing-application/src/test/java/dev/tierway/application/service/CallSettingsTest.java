package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.access.Caller;
import dev.tierway.application.fixture.FakeTransport;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.RequestDetails;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.rules.Condition;
import dev.tierway.application.rules.Direction;
import dev.tierway.application.rules.Narrowing;
import dev.tierway.application.rules.Rule;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.routing.PayloadSettings;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Settings that a call's plan and its relay go by. */
class CallSettingsTest {
    private final RecordingSink sink = new RecordingSink();

    private static double latencyValue(TestApplication app, String address, CallOptions options) {
        return app.service
                .explain(app.command(Target.parse(address), false, options))
                .policy()
                .latencyValueUsdPerSecond();
    }

    @Test
    void a_second_is_worth_what_the_call_says_then_the_route_then_the_tier() {
        TestApplication app = TestApplication.with(
                Fleet.fleet()
                        .with(replica("a/m"))
                        .route(new Route(
                                "patient",
                                List.of(Target.model("m")),
                                List.of(),
                                null,
                                Timeouts.Override.NONE,
                                true,
                                0.0001))
                        .route(new Route("plain", List.of(Target.model("m")), null, Timeouts.Override.NONE, true)),
                Policies.policy().latencyValue(0.003).latencyValueOf(ModelTier.MID, 0.004));
        CallOptions interactive =
                CallOptions.builder().optimize(CallOptions.Optimize.INTERACTIVE).build();

        assertThat(latencyValue(app, "patient", interactive)).isEqualTo(0.01);
        assertThat(latencyValue(app, "patient", CallOptions.NONE)).isEqualTo(0.0001);
        assertThat(latencyValue(app, "plain", CallOptions.NONE)).isEqualTo(0.004);
        assertThat(latencyValue(app, "tier:mid", CallOptions.NONE)).isEqualTo(0.004);
    }

    @Test
    void and_what_holds_in_general_if_nobody_says_more() {
        TestApplication app = TestApplication.with(
                Fleet.of("a/m"), Policies.policy().latencyValue(0.003).latencyValueOf(ModelTier.FRONTIER, 0.004));

        assertThat(latencyValue(app, "tier:mid", CallOptions.NONE)).isEqualTo(0.003);
    }

    @Test
    void so_much_is_held_back_and_the_input_may_be_so_wrong() {
        TestApplication app = TestApplication.with(
                Fleet.of("a/m", "b/m"), Policies.policy().payload(new PayloadSettings(0.5, 1024, 2048, false)));
        app.stream(sink);
        FakeTransport.Attempt first = app.transport.last().sent().head();
        first.event(new ReplyEvent.Frame(new byte[2048], ReplyEvent.Frame.Kind.PREAMBLE));
        assertThat(first.cancelled()).isFalse();

        first.event(new ReplyEvent.Frame(new byte[1], ReplyEvent.Frame.Kind.PREAMBLE));

        assertThat(first.cancelled()).isTrue();
        assertThat(app.transport.attempts()).hasSize(2);
        app.transport.last().sent().says("ok").ends();
        assertThat(sink.selection().features().tokens().inputLow(new dev.tierway.domain.catalogue.ModelId("m")))
                .isEqualTo(500);
        assertThat(sink.selection().rounds().getFirst().result().failure().message())
                .isEqualTo("more than 2 KiB came before the first token of an answer");
    }

    @Test
    void rules_look_at_so_much_text() {
        AtomicInteger asked = new AtomicInteger();
        RequestDetails details = new RequestDetails() {
            @Override
            public @Nullable String header(String name) {
                return null;
            }

            @Override
            public String text(int mostBytes) {
                asked.set(mostBytes);
                return "SELECT 1";
            }
        };
        Rule rule = new Rule(
                "sql",
                List.of(new Condition.Content(List.of("SELECT "), List.of(), List.of())),
                Narrowing.NONE,
                new Direction.Stay());
        TestApplication app = TestApplication.with(
                Fleet.of("a/m"), Policies.policy().payload(new PayloadSettings(0.2, 3072, 1024, false)), rule);
        CallCommand plain = app.command("tier:mid", false);

        app.service.explain(new CallCommand(
                plain.target(), plain.payload(), plain.facts(), plain.options(), "req", Caller.ANYONE, details));

        assertThat(asked).hasValue(3072);
    }
}

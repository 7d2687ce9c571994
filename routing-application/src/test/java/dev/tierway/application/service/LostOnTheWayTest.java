package dev.tierway.application.service;

import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.access.Caller;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.Errors;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.routing.PayloadSettings;
import dev.tierway.domain.routing.PrefixHashes;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a dialect can't say: told, refused, or left to another provider. */
class LostOnTheWayTest {
    private static final Dialect POOR =
            new Dialect("poor", List.of(WireFormat.OPENAI_CHAT.id()), EnumSet.of(Construct.SEED, Construct.FILE));
    private static final CallOptions LOSSLESS = CallOptions.builder()
            .onUnsupported(CallOptions.OnUnsupported.REJECT)
            .build();

    private final RecordingSink sink = new RecordingSink();

    private static TestApplication poor(String... rich) {
        Fleet fleet = Fleet.fleet().speaking("poor", POOR).with(replica("poor/m"));
        for (String id : rich) {
            fleet.with(replica(id));
        }
        return TestApplication.with(fleet);
    }

    private static CallCommand saying(WireFormat format, CallOptions options, Construct... uses) {
        RequestFacts facts = new RequestFacts(
                false, 4000, 0, null, 1, Set.of(), null, format, new LinkedHashSet<>(List.of(uses)), PrefixHashes.NONE);
        return new CallCommand(
                Target.parse("tier:mid"),
                new Payload.Neutral(ChatRequest.of("hi")),
                facts,
                options,
                "req",
                Caller.ANYONE);
    }

    @Test
    void the_caller_and_the_decision_are_told_what_was_left_out() {
        TestApplication app = poor();
        app.start(saying(null, CallOptions.NONE, Construct.SEED, Construct.STOP), sink);
        app.transport.last().sent().answers("hi");

        String words = "seed left out: poor/m is spoken to in a dialect that can't say it";
        assertThat(sink.begun().warnings()).containsExactly(words);
        assertThat(DecisionExplainer.warnings(sink.selection())).containsExactly(words);
    }

    @Test
    void nothing_is_lost_of_bytes_that_go_through_as_they_are() {
        TestApplication app = poor();
        app.start(saying(WireFormat.OPENAI_CHAT, LOSSLESS, Construct.SEED), sink);
        app.transport.last().sent().answers("hi");

        assertThat(sink.begun().warnings()).isEmpty();
        assertThat(DecisionExplainer.warnings(sink.selection())).isEmpty();
    }

    @Test
    void a_call_that_must_lose_nothing_goes_to_whom_everything_can_be_said() {
        TestApplication app = poor("rich/m");
        for (int i = 0; i < 20; i++) {
            RecordingSink one = new RecordingSink();
            app.start(saying(null, LOSSLESS, Construct.SEED), one);
            app.transport.last().sent().answers("hi");
            assertThat(one.begun().replica().id().value()).isEqualTo("rich/m");
        }
    }

    @Test
    void a_call_that_says_nothing_of_it_is_treated_as_the_policy_says() {
        TestApplication strict = TestApplication.with(
                Fleet.fleet().speaking("poor", POOR).with(replica("poor/m")),
                Policies.policy().payload(PayloadSettings.DEFAULTS.lossless(true)));
        CallOptions lenient = CallOptions.builder()
                .onUnsupported(CallOptions.OnUnsupported.WARN)
                .build();

        strict.start(saying(null, CallOptions.NONE, Construct.SEED), sink);
        assertThat(Errors.of(sink.selection())).hasMessageContaining("not_expressible (seed)");

        RecordingSink asked = new RecordingSink();
        strict.start(saying(null, lenient, Construct.SEED), asked);
        strict.transport.last().sent().answers("hi");
        assertThat(asked.begun().warnings()).hasSize(1);
    }

    @Test
    void a_call_that_would_lose_too_much_everywhere_is_the_callers_to_change() {
        poor().start(saying(null, LOSSLESS, Construct.SEED), sink);
        RecordingSink essential = new RecordingSink();
        poor().start(saying(null, CallOptions.NONE, Construct.FILE), essential);

        for (RecordingSink refused : List.of(sink, essential)) {
            assertThat(Errors.of(refused.selection()))
                    .isInstanceOf(InvalidRequestException.class)
                    .satisfies(thrown -> assertThat(((InvalidRequestException) thrown).code())
                            .isEqualTo("unsupported_parameter"));
        }
        assertThat(Errors.of(sink.selection())).hasMessageContaining("not_expressible (seed)");
        assertThat(Errors.of(essential.selection())).hasMessageContaining("not_expressible (files)");
    }
}

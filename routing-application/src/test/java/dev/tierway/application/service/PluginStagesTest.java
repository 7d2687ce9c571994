package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.error.CallDeniedException;
import dev.tierway.application.error.Errors;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.ScriptedPlugin;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.EventVerdict;
import dev.tierway.application.plugin.FinishedReply;
import dev.tierway.application.plugin.OnError;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.ReplyVerdict;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.PluginUse;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What plugins can do to a call, stage by stage, and what its decision says of it. */
class PluginStagesTest {
    private final TestApplication app = TestApplication.with(Fleet.of("a/m", "b/m"));
    private final RecordingSink sink = new RecordingSink();

    private static ChatResponse answer(String text) {
        return new ChatResponse(
                "id",
                "model",
                0,
                List.of(new ChatResponse.Choice(ChatMessage.assistant(text), FinishReason.STOP)),
                TokenUsage.reported(3, 4));
    }

    private String unaryText() {
        return ((ReplyEvent.Whole) sink.events().getFirst()).response().text();
    }

    private List<String> uses() {
        return sink.selection().plugins().stream()
                .map(use -> use.plugin() + " " + use.stage().id() + " "
                        + use.outcome().id())
                .toList();
    }

    /** A plugin that breaks at one stage. */
    private static ScriptedPlugin breaking(PluginStage at) {
        return new ScriptedPlugin("p", at) {
            @Override
            public RequestVerdict beforeRouting(PluginCall call) {
                throw new IllegalStateException("prompt: hello");
            }

            @Override
            public RequestVerdict beforeSend(PluginCall call, AttemptRequest attempt) {
                throw new IllegalStateException("prompt: hello");
            }

            @Override
            public EventVerdict onEvent(PluginCall call, ReplyEvent event) {
                throw new IllegalStateException("prompt: hello");
            }

            @Override
            public ReplyVerdict afterReply(PluginCall call, FinishedReply reply) {
                throw new IllegalStateException("prompt: hello");
            }

            @Override
            public void onFailure(PluginCall call, dev.tierway.domain.call.Selection selection) {
                throw new IllegalStateException("prompt: hello");
            }
        };
    }

    /** A plugin that denies at one stage. */
    private static ScriptedPlugin denying(PluginStage at) {
        return new ScriptedPlugin("p", at) {
            @Override
            public RequestVerdict beforeRouting(PluginCall call) {
                return RequestVerdict.deny("not today");
            }

            @Override
            public RequestVerdict beforeSend(PluginCall call, AttemptRequest attempt) {
                return RequestVerdict.deny("not today");
            }

            @Override
            public EventVerdict onEvent(PluginCall call, ReplyEvent event) {
                return EventVerdict.deny("not today");
            }

            @Override
            public ReplyVerdict afterReply(PluginCall call, FinishedReply reply) {
                return ReplyVerdict.deny("not today");
            }
        };
    }

    /** As far as a call gets: streamed for on-event, failing for on-failure. */
    private void run(PluginStage stage) {
        CallHandle handle = app.start(app.command("tier:mid", stage == PluginStage.ON_EVENT), sink);
        handle.request(100);
        app.executor.turn();
        if (app.transport.attempts().isEmpty()) {
            return;
        }
        switch (stage) {
            case ON_EVENT ->
                app.transport.last().sent().head().begins().says("hi").ends();
            case ON_FAILURE -> app.transport.last().sent().fails(FailureClass.INVALID_REQUEST);
            default -> app.transport.last().answers("hi");
        }
    }

    @ParameterizedTest
    @EnumSource(PluginStage.class)
    void a_plugin_that_breaks_denies_or_lets_go_on_as_its_kind_says(PluginStage stage) {
        for (OnError onError : OnError.values()) {
            PluginStagesTest fresh = new PluginStagesTest();
            fresh.app.plugins.attach(
                    new AttachedPlugin("p", breaking(stage), Set.of(stage), onError, AttachedPlugin.PATIENCE));
            fresh.run(stage);

            assertThat(fresh.uses()).as("%s %s", stage, onError).containsExactly("p " + stage.id() + " failed");
            assertThat(DecisionExplainer.document(fresh.sink.selection()).toString())
                    .doesNotContain("hello");
            if (stage == PluginStage.ON_FAILURE) {
                assertThat(fresh.sink.result()).isInstanceOf(CallResult.Exhausted.class);
            } else if (onError == OnError.DENY) {
                assertThat(fresh.sink.result()).isInstanceOfSatisfying(CallResult.Denied.class, denied -> {
                    assertThat(denied.stage()).isEqualTo(stage);
                    assertThat(denied.plugin()).isEqualTo("p");
                });
            } else {
                assertThat(fresh.sink.result()).isInstanceOf(CallResult.Delivered.class);
            }
            assertThat(fresh.app.recorded.internalErrors).isNotEmpty();
            assertThat(fresh.app.inFlight()).isZero();
            assertThat(fresh.app.service.runningCalls()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(value = PluginStage.class, mode = EnumSource.Mode.EXCLUDE, names = "ON_FAILURE")
    void a_plugin_that_denies_ends_the_call_with_its_reason(PluginStage stage) {
        app.plugins.attach(denying(stage));
        ScriptedPlugin mourner = new ScriptedPlugin("mourner", PluginStage.ON_FAILURE);
        app.plugins.attach(mourner);
        run(stage);

        assertThat(sink.result()).isEqualTo(new CallResult.Denied("p", stage, "not today"));
        assertThat(uses()).containsExactly("p " + stage.id() + " denied");
        assertThat(Errors.of(sink.selection())).isInstanceOfSatisfying(CallDeniedException.class, denied -> {
            assertThat(denied.httpStatus()).isEqualTo(400);
            assertThat(denied.code()).isEqualTo("call_denied");
            assertThat(denied.retryable()).isFalse();
            assertThat(denied).hasMessageContaining("not today").hasMessageContaining("plugin p");
        });
        assertThat(sink.events()).isEmpty();
        assertThat(mourner.asked).containsExactly("on-failure");
        assertThat(app.recorded.decisions).containsExactly(sink.selection());
        assertThat(app.inFlight()).isZero();
        assertThat(app.service.runningCalls()).isZero();
    }

    @Test
    void a_call_denied_before_routing_asks_and_reserves_nothing() {
        app.plugins.attach(denying(PluginStage.BEFORE_ROUTING));
        run(PluginStage.BEFORE_ROUTING);

        assertThat(app.transport.attempts()).isEmpty();
        assertThat(sink.selection().rounds()).isEmpty();
    }

    @Test
    void an_answer_denied_after_the_reply_stays_paid_for() {
        app.plugins.attach(denying(PluginStage.AFTER_REPLY));
        run(PluginStage.AFTER_REPLY);

        AttemptResult attempt = sink.selection().rounds().getFirst().result();
        assertThat(attempt).isNotNull();
        assertThat(attempt.charged()).isEqualTo(AttemptResult.Charged.SETTLED);
        assertThat(attempt.verdict()).isEqualTo(AttemptResult.Verdict.DELIVERED);
    }

    @Test
    void a_stream_denied_on_the_way_is_cancelled_upstream() {
        app.plugins.attach(denying(PluginStage.ON_EVENT));
        app.stream(sink);
        app.transport.last().sent().head().begins();
        app.transport.last().says("hi");

        assertThat(app.transport.last().cancelled()).isTrue();
        assertThat(sink.ended()).isTrue();
        assertThat(sink.events()).isEmpty();
    }

    @Test
    void a_plugin_that_answers_before_routing_costs_nothing_and_asks_nobody() {
        app.plugins.attach(new ScriptedPlugin("p") {
            @Override
            public RequestVerdict beforeRouting(PluginCall call) {
                return RequestVerdict.answer(answer("canned"));
            }
        });
        run(PluginStage.BEFORE_ROUTING);

        assertThat(unaryText()).isEqualTo("canned");
        assertThat(app.transport.attempts()).isEmpty();
        assertThat(sink.result())
                .isEqualTo(new CallResult.Answered("p", PluginStage.BEFORE_ROUTING, false, TokenUsage.reported(3, 4)));
        assertThat(((CallResult.Answered) sink.result()).cost()).isEqualTo(NanoUsd.ZERO);
        assertThat(sink.begun().replica()).isNull();
        assertThat(uses()).containsExactly("p before-routing answered");
        assertThat(DecisionExplainer.summary(sink.selection())).contains("plugin p answered");
    }

    @Test
    void a_plugin_that_answers_before_sending_gives_the_reservation_back() {
        app.plugins.attach(new ScriptedPlugin("p") {
            @Override
            public RequestVerdict beforeSend(PluginCall call, AttemptRequest attempt) {
                return RequestVerdict.answer(answer("canned"));
            }
        });
        run(PluginStage.BEFORE_SEND);

        assertThat(unaryText()).isEqualTo("canned");
        assertThat(app.transport.attempts()).isEmpty();
        assertThat(sink.result()).isInstanceOf(CallResult.Answered.class);
        assertThat(app.recorded.rows).singleElement().satisfies(row -> {
            assertThat(row.outcome()).isEqualTo(AttemptOutcome.CANCELLED);
            assertThat(row.charge().cost()).isEqualTo(NanoUsd.ZERO);
        });
        assertThat(app.inFlight()).isZero();
        assertThat(app.service.runningCalls()).isZero();
    }

    @Test
    void an_answer_to_a_stream_is_taken_apart() {
        app.plugins.attach(new ScriptedPlugin("p") {
            @Override
            public RequestVerdict beforeRouting(PluginCall call) {
                return RequestVerdict.answer(answer("canned"));
            }
        });
        app.stream(sink);

        assertThat(sink.text()).isEqualTo("canned");
        assertThat(sink.events().getLast())
                .isEqualTo(new ReplyEvent.Piece(new ChatEvent.Usage(TokenUsage.reported(3, 4))));
    }

    @Test
    void what_a_plugin_answers_passes_those_before_it_only() {
        ScriptedPlugin outer = new ScriptedPlugin("outer");
        ScriptedPlugin inner = new ScriptedPlugin("inner");
        app.plugins.attach(outer);
        app.plugins.attach(new ScriptedPlugin("p") {
            @Override
            public RequestVerdict beforeRouting(PluginCall call) {
                return RequestVerdict.answer(answer("canned"));
            }
        });
        app.plugins.attach(inner);
        run(PluginStage.BEFORE_ROUTING);

        assertThat(outer.asked).containsExactly("before-routing", "after-reply");
        assertThat(inner.asked).isEmpty();
    }

    @Test
    void requests_pass_in_order_and_answers_in_the_opposite_one() {
        List<String> order = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            app.plugins.attach(new ScriptedPlugin(name) {
                @Override
                public RequestVerdict beforeRouting(PluginCall call) {
                    order.add(name + " asks");
                    return RequestVerdict.go();
                }

                @Override
                public ReplyVerdict afterReply(PluginCall call, FinishedReply reply) {
                    order.add(name + " hears");
                    return ReplyVerdict.keep();
                }
            });
        }
        run(PluginStage.AFTER_REPLY);

        assertThat(order).containsExactly("one asks", "two asks", "two hears", "one hears");
    }

    @Test
    void a_changed_request_is_what_is_routed_and_sent_and_the_decision_says_so() {
        app.plugins.attach(new ScriptedPlugin("p") {
            @Override
            public RequestVerdict beforeRouting(PluginCall call) {
                return RequestVerdict.change(ChatRequest.of("other"), "words");
            }
        });
        run(PluginStage.BEFORE_ROUTING);

        assertThat(app.transport.last().request().payload().chat()).isEqualTo(ChatRequest.of("other"));
        assertThat(sink.selection().features().tokens().input()).isLessThan(100);
        assertThat(uses()).containsExactly("p before-routing changed");
        assertThat(sink.begun().warnings()).containsExactly("plugin 'p' changed the request: words");
        assertThat(DecisionExplainer.warnings(sink.selection())).contains("plugin 'p' changed the request: words");
    }

    @Test
    void a_plugin_may_send_a_call_elsewhere_but_not_nowhere() {
        app.plugins.attach(new ScriptedPlugin("p") {
            @Override
            public RequestVerdict beforeRouting(PluginCall call) {
                String to = call.command().requestId().equals("req") ? "b/m" : "nothing";
                return new RequestVerdict.Change(null, Target.parse(to), null, Map.of(), "sent to " + to);
            }
        });
        run(PluginStage.BEFORE_ROUTING);
        assertThat(app.transport.last().replica()).isEqualTo("b/m");

        TestApplication other = TestApplication.with(Fleet.of("a/m"));
        other.plugins.attach(new ScriptedPlugin("p") {
            @Override
            public RequestVerdict beforeRouting(PluginCall call) {
                return new RequestVerdict.Change(null, Target.parse("nothing"), null, Map.of(), "sent nowhere");
            }
        });
        RecordingSink lost = new RecordingSink();
        other.start(other.command("tier:mid", false), lost);
        assertThat(lost.result()).isInstanceOf(CallResult.Denied.class);
        assertThat(other.service.runningCalls()).isZero();
    }

    @Test
    void headers_reach_the_vendor_and_are_no_change_of_the_body() {
        app.plugins.attach(new ScriptedPlugin("p") {
            @Override
            public RequestVerdict beforeRouting(PluginCall call) {
                return RequestVerdict.headers(Map.of("X-Team", "blue"));
            }

            @Override
            public RequestVerdict beforeSend(PluginCall call, AttemptRequest attempt) {
                return RequestVerdict.headers(
                        Map.of("x-attempt", "" + attempt.attempt().n()));
            }
        });
        run(PluginStage.BEFORE_ROUTING);

        assertThat(app.transport.last().request().headers()).isEqualTo(Map.of("x-team", "blue", "x-attempt", "1"));
        assertThat(uses()).containsExactly("p before-routing noted", "p before-send noted");
        assertThat(sink.begun().warnings()).isEmpty();
    }

    @Test
    void a_changed_attempt_is_that_attempt_s_alone() {
        app.plugins.attach(new ScriptedPlugin("p") {
            @Override
            public RequestVerdict beforeSend(PluginCall call, AttemptRequest attempt) {
                return attempt.attempt().n() == 1
                        ? RequestVerdict.change(ChatRequest.of("first"), "first")
                        : RequestVerdict.go();
            }
        });
        app.call(sink);
        app.transport.last().sent().fails(FailureClass.UPSTREAM_FAULT);
        app.transport.last().answers("hi");

        assertThat(app.transport.attempts().get(0).request().payload().chat()).isEqualTo(ChatRequest.of("first"));
        assertThat(app.transport.attempts().get(1).request().payload().chat()).isEqualTo(ChatRequest.of("hello"));
    }

    @Test
    void a_unary_answer_can_be_replaced_and_a_stream_that_has_gone_cannot() {
        ScriptedPlugin replacing = new ScriptedPlugin("p", PluginStage.AFTER_REPLY) {
            @Override
            public ReplyVerdict afterReply(PluginCall call, FinishedReply reply) {
                return ReplyVerdict.replace(answer("better"), "words");
            }
        };
        app.plugins.attach(replacing);
        run(PluginStage.AFTER_REPLY);
        assertThat(unaryText()).isEqualTo("better");
        assertThat(uses()).containsExactly("p after-reply changed");

        RecordingSink streamed = new RecordingSink();
        app.stream(streamed);
        app.transport.last().sent().head().says("hi").ends();
        assertThat(streamed.result()).isInstanceOf(CallResult.Denied.class);
    }

    @Test
    void events_can_be_held_back_split_and_changed() {
        app.plugins.attach(new ScriptedPlugin("p") {
            private String held = "";

            @Override
            public EventVerdict onEvent(PluginCall call, ReplyEvent event) {
                if (!(event instanceof ReplyEvent.Piece(ChatEvent.TextDelta(int choice, String text)))) {
                    return EventVerdict.keep();
                }
                held += text;
                if (held.length() < 4) {
                    return EventVerdict.replace(List.of());
                }
                List<ReplyEvent> two = List.of(
                        new ReplyEvent.Piece(
                                new ChatEvent.TextDelta(0, held.substring(0, 2).toUpperCase(Locale.ROOT))),
                        new ReplyEvent.Piece(new ChatEvent.TextDelta(0, held.substring(2))));
                held = "";
                return EventVerdict.replace(two);
            }
        });
        app.stream(sink);
        long before = app.transport.last().demanded();
        app.transport
                .last()
                .sent()
                .head()
                .says("ab")
                .says("cd")
                .says("ef")
                .says("gh")
                .ends();

        assertThat(sink.text()).isEqualTo("ABcdEFgh");
        assertThat(sink.events()).hasSize(4);
        assertThat(app.transport.last().demanded()).isEqualTo(Math.max(before, 100) + 2);
    }

    @Test
    void a_stream_of_many_events_passes_without_growing_the_stack() {
        app.plugins.attach(new ScriptedPlugin("p"));
        app.stream(sink).request(100_000);
        var attempt = app.transport.last().sent().head();
        for (int i = 0; i < 50_000; i++) {
            attempt.says("x");
        }
        attempt.ends();

        assertThat(sink.events()).hasSize(50_000);
        assertThat(sink.result()).isInstanceOf(CallResult.Delivered.class);
    }

    @Test
    void a_plugin_that_changes_nothing_leaves_no_trace() {
        app.plugins.attach(new ScriptedPlugin("p"));
        run(PluginStage.AFTER_REPLY);

        assertThat(sink.selection().plugins()).isEmpty();
        assertThat(sink.begun().warnings()).isEmpty();
        assertThat(sink.begun().cached()).isNull();
    }

    @Test
    void a_word_of_a_plugin_stands_in_the_decision() {
        app.plugins.attach(new ScriptedPlugin("p") {
            @Override
            public RequestVerdict beforeRouting(PluginCall call) {
                return RequestVerdict.go("seen");
            }
        });
        run(PluginStage.AFTER_REPLY);

        assertThat(sink.selection().plugins())
                .containsExactly(new PluginUse("p", PluginStage.BEFORE_ROUTING, PluginUse.Outcome.NOTED, "seen"));
        assertThat(DecisionExplainer.document(sink.selection()).toString()).contains("noted");
    }

    @Test
    void plugins_come_and_go_while_calls_run() {
        ScriptedPlugin late = new ScriptedPlugin("late");
        app.call(sink);
        app.plugins.attach(late);
        app.transport.last().answers("hi");
        assertThat(late.asked).isEmpty();

        app.call(new RecordingSink());
        assertThat(app.plugins.detach("late")).isTrue();
        app.transport.last().answers("hi");
        assertThat(late.asked).containsExactly("before-routing", "before-send 1", "after-reply");
        assertThat(app.plugins.detach("late")).isFalse();

        app.plugins.attach(late);
        assertThatThrownBy(() -> app.plugins.attach(new ScriptedPlugin("late")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("attached already");
    }

    @Test
    void a_stage_the_plugin_does_not_know_is_refused() {
        ScriptedPlugin plugin = new ScriptedPlugin("p", PluginStage.BEFORE_ROUTING);
        assertThatThrownBy(() -> new AttachedPlugin(
                        "p", plugin, Set.of(PluginStage.ON_EVENT), OnError.DENY, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("on-event");
    }
}

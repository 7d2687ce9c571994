package dev.tierway.application.toolaccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.error.ToolAccessDeniedException;
import dev.tierway.application.facade.ChatCalls;
import dev.tierway.application.facade.ChatStream;
import dev.tierway.application.facade.Routed;
import dev.tierway.application.fixture.FakeQuotaStore;
import dev.tierway.application.fixture.FakeTransport;
import dev.tierway.application.fixture.LoopExecutor;
import dev.tierway.application.fixture.Recorded;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.service.CallService;
import dev.tierway.application.service.Ports;
import dev.tierway.application.toolaccess.ToolRules.WhenCalled;
import dev.tierway.application.toolaccess.ToolRules.WhenOffered;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plain calls, whose tools the caller runs itself. */
@Timeout(30)
class GuardedToolCallsTest {
    private static final Target MID = Target.parse("tier:mid");
    private static final ChatRequest ASKING = ChatRequest.builder()
            .user("hi")
            .tool(new ToolDefinition("read", null, null, null))
            .tool(new ToolDefinition("shell__run", null, null, null))
            .toolChoice(new ToolChoice.Tool("shell__run"))
            .build();

    private final LoopExecutor loop = new LoopExecutor();
    private final FakeTransport transport = new FakeTransport(() -> {});
    private final List<AuditEntry> audited = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        loop.close();
    }

    private ChatCalls calls(WhenOffered offered, WhenCalled called) {
        Recorded recorded = new Recorded();
        AtomicLong entropy = new AtomicLong();
        CallService service = new CallService(
                Fleet.of("a/m").registry(),
                () -> Policies.policy().build(),
                new Ports(
                        transport,
                        new FakeQuotaStore(),
                        recorded,
                        recorded,
                        List.of(),
                        loop,
                        System::nanoTime,
                        System::currentTimeMillis,
                        entropy::incrementAndGet),
                "test");
        AuditLog audit = new AuditLog() {
            @Override
            public CompletionStage<@Nullable Void> append(AuditEntry entry) {
                audited.add(entry);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletionStage<List<AuditEntry>> latest(int limit) {
                return CompletableFuture.completedFuture(audited);
            }

            @Override
            public void close() {}
        };
        ToolRules rules = new ToolRules(
                new ToolPolicy(null, List.of(), List.of(new ToolPattern("shell.*"))),
                Map.of(),
                offered,
                called,
                List.of());
        ToolAccess access = new ToolAccess(
                rules,
                new FakeQuotaStore(),
                audit,
                System::currentTimeMillis,
                entropy::incrementAndGet,
                "gw",
                error -> {});
        return new ChatCalls(new GuardedToolCalls(service, access), service, loop, entropy::incrementAndGet);
    }

    private static void callsShell(FakeTransport.Attempt attempt) {
        ToolCall read = new ToolCall("c1", "read", JsonText.EMPTY_OBJECT);
        ToolCall shell = new ToolCall("c2", "shell__run", JsonText.EMPTY_OBJECT);
        attempt.sent().head();
        if (attempt.request().stream()) {
            attempt.event(new ReplyEvent.Piece(new ChatEvent.ToolCallDelta(0, 0, "c2", "shell__run", "")));
            attempt.event(new ReplyEvent.Piece(new ChatEvent.ToolCallDelta(0, 0, null, null, "{\"rm\":1}")));
            attempt.event(new ReplyEvent.Piece(new ChatEvent.Finished(0, FinishReason.TOOL_CALLS)));
        } else {
            attempt.event(new ReplyEvent.Whole(new ChatResponse(
                    "id",
                    "up",
                    0,
                    List.of(new ChatResponse.Choice(
                            ChatMessage.assistant(List.of(read, shell)), FinishReason.TOOL_CALLS)),
                    FakeTransport.USAGE)));
        }
        attempt.ends();
    }

    @Test
    void a_denied_tool_is_not_offered_and_a_warning_says_so() {
        transport.always(attempt -> attempt.answers("hi"));

        Routed<ChatResponse> routed = calls(WhenOffered.REMOVE, WhenCalled.TELL).call(MID, ASKING, CallOptions.NONE);

        ChatRequest sent = transport.last().request().payload().chat();
        assertThat(sent.tools()).extracting(ToolDefinition::name).containsExactly("read");
        assertThat(sent.toolChoice()).as("nobody can demand what isn't there").isNull();
        assertThat(routed.selection().warnings()).singleElement().asString().contains("shell__run");
        assertThat(audited).extracting(AuditEntry::id).containsExactly("shell__run");
    }

    @Test
    void or_the_call_is_refused_before_anything_is_sent() {
        assertThatThrownBy(() -> calls(WhenOffered.REFUSE, WhenCalled.TELL).call(MID, ASKING, CallOptions.NONE))
                .isInstanceOfSatisfying(
                        ToolAccessDeniedException.class,
                        denied -> assertThat(denied.httpStatus()).isEqualTo(403));
        assertThat(transport.attempts()).isEmpty();
    }

    @Test
    void what_the_model_asks_for_all_the_same_is_taken_out_with_a_note() {
        transport.always(GuardedToolCallsTest::callsShell);

        ChatResponse response = calls(WhenOffered.REMOVE, WhenCalled.TELL)
                .call(MID, ASKING, CallOptions.NONE)
                .response();

        assertThat(response.toolCalls()).extracting(ToolCall::name).containsExactly("read");
        assertThat(response.text()).contains("the call of tool shell__run was denied");
    }

    @Test
    void of_a_stream_too_down_to_the_last_piece_and_to_why_it_ended() {
        transport.always(GuardedToolCallsTest::callsShell);
        List<ChatEvent> events = new ArrayList<>();
        try (ChatStream stream = calls(WhenOffered.REMOVE, WhenCalled.FAIL).stream(MID, ASKING, CallOptions.NONE)) {
            stream.forEach(events::add);
        }

        assertThat(events).noneMatch(ChatEvent.ToolCallDelta.class::isInstance);
        assertThat(events).contains(new ChatEvent.Finished(0, FinishReason.STOP));
        assertThat(events.toString()).contains("shell__run was denied").doesNotContain("rm");
    }

    @Test
    void a_whole_answer_is_an_exception_if_the_rules_want_that() {
        transport.always(GuardedToolCallsTest::callsShell);

        assertThatThrownBy(() -> calls(WhenOffered.REMOVE, WhenCalled.FAIL).call(MID, ASKING, CallOptions.NONE))
                .isInstanceOf(ToolAccessDeniedException.class);
    }
}

package dev.tierway.application.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.error.CallCancelledException;
import dev.tierway.application.error.DeadlineExceededException;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.ToolAccessDeniedException;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.ToolOutcome;
import dev.tierway.application.port.out.ToolSource;
import dev.tierway.application.toolaccess.ToolLimit;
import dev.tierway.application.toolaccess.ToolPattern;
import dev.tierway.application.toolaccess.ToolPolicy;
import dev.tierway.application.toolaccess.ToolRules;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ToolConversationsTest {
    private static final Target MID = Target.parse("tier:mid");
    private static final ChatRequest HELLO = ChatRequest.of("what is 2 + 3?");

    private final ConversationBench bench = new ConversationBench();
    private final JavaTool add = JavaTool.of("add", "adds", "{\"type\":\"object\"}", (arguments, context) -> "5");

    @AfterEach
    void close() {
        bench.close();
    }

    private ToolAnswer call(ToolOptions tools) {
        return bench.conversations().call(MID, HELLO, CallOptions.NONE, tools);
    }

    @Test
    void the_model_calls_a_tool_reads_its_result_and_answers() {
        bench.model.calls(ScriptedModel.call("c1", "add", "{\"a\":2}")).says("it is 5");

        ToolAnswer answer = call(ToolOptions.of(add));

        assertThat(answer.text()).isEqualTo("it is 5");
        assertThat(answer.end()).isEqualTo(new ToolEnd.Answered());
        assertThat(answer.steps())
                .hasSize(2)
                .allSatisfy(step -> assertThat(step.selection().attempts()).isEqualTo(1));
        assertThat(answer.steps().getFirst().uses()).singleElement().satisfies(use -> {
            assertThat(use.end()).isEqualTo(ToolUse.End.DONE);
            assertThat(use.outcome()).isEqualTo(ToolOutcome.of("5"));
        });
        assertThat(answer.usage().total()).isEqualTo(2200);
        assertThat(bench.model.asked().getLast().messages())
                .containsExactly(
                        ChatMessage.user("what is 2 + 3?"),
                        ChatMessage.assistant(List.of(ScriptedModel.call("c1", "add", "{\"a\":2}"))),
                        ChatMessage.toolResult("c1", "5"));
        assertThat(bench.used).containsExactly("add done");
    }

    @Test
    void tools_of_one_answer_run_at_once_and_their_results_keep_the_order_of_the_calls() {
        CyclicBarrier together = new CyclicBarrier(3);
        JavaTool meet = JavaTool.of("meet", "waits for two others", (arguments, context) -> {
            together.await();
            return "met as " + context.callId();
        });
        bench.model
                .calls(
                        ScriptedModel.call("c1", "meet", "{}"),
                        ScriptedModel.call("c2", "meet", "{}"),
                        ScriptedModel.call("c3", "meet", "{}"))
                .says("done");

        ToolAnswer answer = call(ToolOptions.of(meet));

        assertThat(answer.messages().subList(2, 5))
                .containsExactly(
                        ChatMessage.toolResult("c1", "met as c1"),
                        ChatMessage.toolResult("c2", "met as c2"),
                        ChatMessage.toolResult("c3", "met as c3"));
    }

    @Test
    void no_more_tools_run_at_once_than_allowed() {
        AtomicInteger running = new AtomicInteger();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        JavaTool count = JavaTool.of("count", "counts", (arguments, context) -> {
            seen.add(running.incrementAndGet());
            Thread.yield();
            running.decrementAndGet();
            return "counted";
        });
        bench.model
                .calls(
                        ScriptedModel.call("c1", "count", "{}"),
                        ScriptedModel.call("c2", "count", "{}"),
                        ScriptedModel.call("c3", "count", "{}"))
                .says("done");

        call(ToolOptions.builder().tool(count).parallel(1).build());

        assertThat(seen).containsExactly(1, 1, 1);
    }

    @Test
    void whatever_goes_wrong_with_a_tool_the_model_is_told() {
        JavaTool broken = JavaTool.of("broken", "fails", (arguments, context) -> {
            throw new IllegalStateException("no such city");
        });
        JavaTool slow = JavaTool.of("slow", "hangs", (arguments, context) -> {
                    new CountDownLatch(1).await();
                    return "never";
                })
                .within(Duration.ofMillis(20));
        bench.model
                .calls(
                        ScriptedModel.call("c1", "broken", "{}"),
                        ScriptedModel.call("c2", "slow", "{}"),
                        ScriptedModel.call("c3", "add", "{\"bad\":1}"),
                        ScriptedModel.call("c4", "add", "{\"a\":"),
                        ScriptedModel.call("c5", "unheard-of", "{}"))
                .says("done");

        ToolAnswer answer = call(ToolOptions.of(add, broken, slow));

        assertThat(answer.steps().getFirst().uses())
                .extracting(ToolUse::end)
                .containsExactly(
                        ToolUse.End.FAILED,
                        ToolUse.End.TIMED_OUT,
                        ToolUse.End.BAD_ARGUMENTS,
                        ToolUse.End.BAD_ARGUMENTS,
                        ToolUse.End.UNKNOWN_TOOL);
        List<ChatMessage> results = answer.messages().subList(2, 7);
        assertThat(results).allSatisfy(result -> assertThat(result.failed()).isTrue());
        assertThat(results)
                .extracting(ChatMessage::text)
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("broken failed: no such city"),
                        two -> assertThat(two).contains("within 20 ms"),
                        three -> assertThat(three).contains("/bad: is not known"),
                        four -> assertThat(four).contains("not JSON"),
                        five -> assertThat(five)
                                .contains("There is no tool unheard-of. Tools are: add, broken, slow."));
        assertThat(answer.messages().get(1).toolCalls().get(3).arguments())
                .as("no vendor takes half an object back")
                .isEqualTo(JsonText.EMPTY_OBJECT);
    }

    @Test
    void a_result_that_is_too_long_is_cut_off_and_says_so() {
        JavaTool chatty = JavaTool.of("chatty", "talks", (arguments, context) -> "x".repeat(100));
        bench.model.calls(ScriptedModel.call("c1", "chatty", "{}")).says("done");

        ToolAnswer answer =
                call(ToolOptions.builder().tool(chatty).resultChars(10).build());

        assertThat(answer.messages().get(2).text()).isEqualTo("xxxxxxxxxx\n[cut off: 10 of 100 characters]");
    }

    @Test
    void a_model_that_goes_on_calling_is_stopped_and_the_answer_says_so() {
        bench.model.calls(ScriptedModel.call("c1", "add", "{}"));

        ToolAnswer answer = call(ToolOptions.of(add));

        assertThat(answer.end()).isEqualTo(new ToolEnd.MostIterations(10));
        assertThat(answer.steps()).hasSize(10);
        assertThat(answer.steps().getLast().uses()).isEmpty();
        assertThat(answer.messages().stream().flatMap(message -> message.toolCalls().stream()))
                .extracting(one -> one.id())
                .as("an id that comes again gets another")
                .doesNotHaveDuplicates();
    }

    @Test
    void a_demand_to_call_a_tool_is_made_once() {
        bench.model.calls(ScriptedModel.call("c1", "add", "{}")).says("done");
        ChatRequest demanding = ChatRequest.builder()
                .user("add")
                .toolChoice(new ToolChoice.Required())
                .build();

        bench.conversations().call(MID, demanding, CallOptions.NONE, ToolOptions.of(add));

        assertThat(bench.model.asked())
                .extracting(ChatRequest::toolChoice)
                .containsExactly(new ToolChoice.Required(), null);
    }

    @Test
    void a_stream_has_the_pieces_of_all_steps_and_the_tools_between_them() {
        bench.model.calls(ScriptedModel.call("c1", "add", "{\"a\":2}")).says("it is 5");
        List<String> events = new ArrayList<>();

        try (ToolStream stream = bench.conversations().stream(MID, HELLO, CallOptions.NONE, ToolOptions.of(add))) {
            assertThatThrownBy(stream::answer).isInstanceOf(IllegalStateException.class);
            for (ToolEvent event : stream) {
                String name = event.getClass().getSimpleName();
                if (events.isEmpty() || !events.getLast().equals(name)) {
                    events.add(name);
                }
            }
            assertThat(stream.text()).isEqualTo("it is 5");
            assertThat(stream.answer().text()).isEqualTo("it is 5");
            assertThat(stream.answer().steps().getFirst().uses()).hasSize(1);
        }
        assertThat(events)
                .containsExactly(
                        "Asked", "Piece", "Answered", "ToolStarted", "ToolEnded", "Asked", "Piece", "Answered");
        assertThat(bench.model.asked().getLast().messages().get(1).toolCalls())
                .containsExactly(ScriptedModel.call("c1", "add", "{\"a\":2}"));
    }

    @Test
    void closing_a_stream_interrupts_the_tool_that_runs() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        bench.model.calls(ScriptedModel.call("c1", "hang", "{}"));
        ToolStream stream =
                bench.conversations().stream(MID, HELLO, CallOptions.NONE, ToolOptions.of(hanging(runs, interrupted)));
        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();

        stream.close();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void cancelling_the_future_interrupts_the_tool_that_runs() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        bench.model.calls(ScriptedModel.call("c1", "hang", "{}"));
        CompletableFuture<ToolAnswer> answer = bench.conversations()
                .callAsync(MID, HELLO, CallOptions.NONE, ToolOptions.of(hanging(runs, interrupted)));
        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();

        answer.cancel(true);

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void interrupting_the_caller_cancels_the_model_or_the_tool() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        bench.model.calls(ScriptedModel.call("c1", "hang", "{}"));
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                call(ToolOptions.of(hanging(runs, interrupted)));
            } catch (CallCancelledException cancelled) {
                thrown.complete(cancelled);
            }
        });
        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();

        assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(CallCancelledException.class);
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static JavaTool hanging(CountDownLatch runs, CountDownLatch interrupted) {
        return JavaTool.of("hang", "hangs", (arguments, context) -> {
            runs.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw stopped;
            }
            return "never";
        });
    }

    @Test
    void a_denied_tool_is_not_offered_and_the_model_that_asks_for_it_is_told() {
        bench.rules = denying(ToolRules.WhenCalled.TELL);
        bench.model.calls(ScriptedModel.call("c1", "shell__run", "{}")).says("sorry");
        JavaTool shell = JavaTool.of("shell__run", "runs", (arguments, context) -> "never");

        ToolAnswer answer = call(ToolOptions.of(add, shell));

        assertThat(bench.model.asked().getFirst().tools())
                .extracting(ToolDefinition::name)
                .containsExactly("add");
        assertThat(answer.steps().getFirst().uses()).extracting(ToolUse::end).containsExactly(ToolUse.End.DENIED);
        assertThat(answer.messages().get(2).text()).contains("may not use shell__run");
        assertThat(bench.audited).extracting(entry -> entry.id()).containsOnly("shell__run");
    }

    @Test
    void or_the_conversation_ends_if_the_rules_want_that() {
        bench.rules = denying(ToolRules.WhenCalled.FAIL);
        bench.model.calls(ScriptedModel.call("c1", "shell__run", "{}"));

        assertThatThrownBy(() -> call(ToolOptions.of(add)))
                .isInstanceOfSatisfying(
                        ToolAccessDeniedException.class,
                        denied -> assertThat(denied.tools()).containsExactly("shell__run"));
    }

    private static ToolRules denying(ToolRules.WhenCalled called) {
        return new ToolRules(
                new ToolPolicy(null, List.of(), List.of(new ToolPattern("shell.*"))),
                Map.of(),
                ToolRules.WhenOffered.REMOVE,
                called,
                List.of());
    }

    @Test
    void a_tool_whose_limit_is_used_up_is_not_run() {
        bench.rules = new ToolRules(
                ToolPolicy.NONE,
                Map.of(),
                ToolRules.WhenOffered.REMOVE,
                ToolRules.WhenCalled.TELL,
                List.of(new ToolLimit(
                        "adding",
                        new ToolPattern("add"),
                        false,
                        List.of(Limit.per(Dimension.REQUESTS, 1, Duration.ofHours(1))))));
        bench.quota.answers(use -> new QuotaStore.Result.Denied(
                bench.quota.reserved().getLast().descriptors().getFirst(), 5_000_000_000L, 0));
        bench.model.calls(ScriptedModel.call("c1", "add", "{}")).says("done");

        ToolAnswer answer = call(ToolOptions.of(add));

        assertThat(answer.steps().getFirst().uses()).extracting(ToolUse::end).containsExactly(ToolUse.End.LIMITED);
    }

    @Test
    void every_step_passes_its_watch_which_may_change_hint_and_stop() {
        List<Integer> before = new ArrayList<>();
        bench.watch = new StepWatch() {
            @Override
            public ChatRequest before(StepFacts step, ChatRequest request) {
                before.add(step.before().size());
                return request;
            }

            @Override
            public Verdict after(StepFacts step, ToolStep answered) {
                return step.number() == 1 ? new Verdict.Hint("try something else") : new Verdict.Stop("going round");
            }
        };
        bench.model.calls(ScriptedModel.call("c1", "add", "{}"));

        ToolAnswer answer = call(ToolOptions.of(add));

        assertThat(before).containsExactly(0, 1);
        assertThat(bench.model.asked().get(1).messages().getLast()).isEqualTo(ChatMessage.user("try something else"));
        assertThat(answer.end()).isEqualTo(new ToolEnd.Stopped("going round"));
    }

    @Test
    void a_listener_that_throws_loses_no_answer() {
        bench.model.says("hi");

        ToolAnswer answer = call(ToolOptions.builder()
                .tool(add)
                .listener(event -> {
                    throw new IllegalStateException("broken listener");
                })
                .build());

        assertThat(answer.text()).isEqualTo("hi");
        assertThat(bench.troubles).isNotEmpty();
    }

    @Test
    void signed_reasoning_goes_back_to_the_model_with_the_results() {
        Part thought = new Part.Reasoning("hmm", "sig", "anthropic");
        bench.model
                .turn(List.of(thought), ScriptedModel.call("c1", "add", "{}"))
                .says("done");

        ToolAnswer answer = call(ToolOptions.of(add));

        // Nobody here takes another vendor's signatures: the conversation goes on without them.
        assertThat(answer.text()).isEqualTo("done");
        ChatMessage turn = bench.model.asked().getLast().messages().get(1);
        assertThat(turn.role()).isEqualTo(Role.ASSISTANT);
        assertThat(turn.toolCalls()).hasSize(1);
        assertThat(turn.parts()).doesNotContain(thought);
    }

    @Test
    void tools_of_a_source_are_offered_under_its_name() {
        bench.sources = List.of(source());
        bench.model.calls(ScriptedModel.call("c1", "files__read_me", "{}")).says("done");

        ToolAnswer answer = call(ToolOptions.builder().server("files").build());

        assertThat(answer.messages().get(2).text()).isEqualTo("read.me read");
        assertThatThrownBy(() -> call(ToolOptions.builder().server("elsewhere").build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("there are files");
    }

    private static ToolSource source() {
        return new ToolSource() {
            @Override
            public String id() {
                return "files";
            }

            @Override
            public List<ToolDefinition> tools() {
                return List.of(new ToolDefinition("read.me", "reads", null, null));
            }

            @Override
            public ToolOutcome call(String tool, JsonText arguments) {
                return ToolOutcome.of(tool + " read");
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void a_deadline_is_the_whole_conversations() {
        bench.model.calls(ScriptedModel.call("c1", "late", "{}"));
        JavaTool late = JavaTool.of("late", "waits", (arguments, context) -> {
            new CountDownLatch(1).await(30, TimeUnit.MILLISECONDS);
            return "late";
        });
        CallOptions hurried =
                CallOptions.builder().deadline(Duration.ofMillis(25)).build();

        assertThatThrownBy(() -> bench.conversations().call(MID, HELLO, hurried, ToolOptions.of(late)))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void what_makes_no_sense_is_refused_in_words() {
        ChatRequest withTools = ChatRequest.builder()
                .user("hi")
                .tool(new ToolDefinition("theirs", null, null, null))
                .build();
        assertThatThrownBy(() -> bench.conversations().call(MID, withTools, CallOptions.NONE, ToolOptions.of(add)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> ToolOptions.of(add, add)).hasMessageContaining("two tools have the name 'add'");
        assertThatThrownBy(() -> JavaTool.of("a b", "x", (arguments, context) -> ""))
                .hasMessageContaining("no name for a tool");
    }
}

package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.access.Caller;
import dev.tierway.application.agents.AgentHolds;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.fixture.FakeQuotaStore;
import dev.tierway.application.fixture.FakeTransport;
import dev.tierway.application.fixture.LoopExecutor;
import dev.tierway.application.fixture.Recorded;
import dev.tierway.application.fixture.ScriptedPlugin;
import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.plugin.AttachedPlugin;
import dev.tierway.application.plugin.EventVerdict;
import dev.tierway.application.plugin.OnError;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.Plugins;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.queue.OverloadSettings;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.PluginStage;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.routing.PrefixHashes;
import dev.tierway.domain.routing.Strategies;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plugins that block: on virtual threads, never on the loop, in order, and not for ever. */
class PluginThreadsTest {
    private final LoopExecutor loop = new LoopExecutor();
    private final FakeTransport transport = new FakeTransport(() -> {});
    private final Recorded recorded = new Recorded();
    private final Plugins plugins = new Plugins(List.of());
    private final AtomicLong entropy = new AtomicLong();
    private final CallService service = new CallService(
            Fleet.of("a/m").registry(),
            () -> Policies.policy().build(),
            new RoutingRules(List.of()),
            Strategies.BUILT_IN,
            new LimitsInForce(LimitRules.NONE, System::currentTimeMillis),
            plugins,
            new AgentHolds(),
            new Intake(() -> OverloadSettings.DEFAULTS),
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
            "test",
            new Changeover());
    private final CompletableFuture<Selection> ended = new CompletableFuture<>();
    private final StringBuffer text = new StringBuffer();

    @AfterEach
    void close() {
        loop.close();
    }

    private CallHandle call(boolean stream) {
        return service.call(
                new CallCommand(
                        Target.parse("tier:mid"),
                        new Payload.Neutral(ChatRequest.of("hello")),
                        new RequestFacts(stream, 4000, 0, null, 1, Set.of(), null, PrefixHashes.NONE),
                        CallOptions.NONE,
                        "req",
                        Caller.ANYONE),
                new Listening());
    }

    /** A caller on the loop whose end the test waits for. */
    private final class Listening implements dev.tierway.application.port.in.ReplySink {
        @Override
        public void begin(Begun begun) {}

        @Override
        public void event(ReplyEvent event) {
            assertThat(loop.inside()).isTrue();
            if (event instanceof ReplyEvent.Piece(dev.tierway.application.chat.ChatEvent.TextDelta(int i, String t))) {
                text.append(t);
            }
        }

        @Override
        public void end(Selection selection) {
            ended.complete(selection);
        }
    }

    private Selection await() throws Exception {
        return ended.get(20, TimeUnit.SECONDS);
    }

    @Test
    void a_blocking_plugin_runs_on_a_virtual_thread() throws Exception {
        CompletableFuture<Boolean> virtual = new CompletableFuture<>();
        plugins.attach(
                new ScriptedPlugin("p", PluginStage.BEFORE_ROUTING) {
                    @Override
                    public RequestVerdict beforeRouting(PluginCall call) {
                        virtual.complete(Thread.currentThread().isVirtual() && !loop.inside());
                        return RequestVerdict.go();
                    }
                }.blocking());
        transport.always(attempt -> attempt.answers("hi"));
        call(false);

        assertThat(virtual.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(await().result()).isInstanceOf(CallResult.Delivered.class);
    }

    @Test
    void events_stay_in_order_however_long_each_takes() throws Exception {
        plugins.attach(
                new ScriptedPlugin("p", PluginStage.ON_EVENT) {
                    private int turn;

                    @Override
                    public EventVerdict onEvent(PluginCall call, ReplyEvent event) throws InterruptedException {
                        if (turn++ % 3 == 0) {
                            Thread.onSpinWait();
                            new CountDownLatch(1).await(2, TimeUnit.MILLISECONDS);
                        }
                        return EventVerdict.keep();
                    }
                }.blocking());
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            said.append(i).append(' ');
        }
        transport.always(attempt -> {
            attempt.sent().head();
            for (String word : said.toString().splitWithDelimiters(" ", 0)) {
                attempt.says(word);
            }
            attempt.ends();
        });
        call(true).request(1000);

        assertThat(await().result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(text.toString()).isEqualTo(said.toString());
    }

    private ScriptedPlugin hanging(CountDownLatch begun, CompletableFuture<Boolean> interrupted) {
        return new ScriptedPlugin("p", PluginStage.BEFORE_ROUTING) {
            @Override
            public RequestVerdict beforeRouting(PluginCall call) {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.complete(true);
                }
                return RequestVerdict.go();
            }
        }.blocking();
    }

    @Test
    void a_plugin_that_hangs_counts_as_broken_after_its_timeout_and_is_interrupted() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        plugins.attach(new AttachedPlugin(
                "p",
                hanging(new CountDownLatch(1), interrupted),
                Set.of(PluginStage.BEFORE_ROUTING),
                OnError.CONTINUE,
                Duration.ofMillis(20)));
        transport.always(attempt -> attempt.answers("hi"));
        call(false);

        assertThat(await().result()).isInstanceOf(CallResult.Delivered.class);
        assertThat(await().plugins().getFirst().detail()).isEqualTo("TimeoutException");
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_client_that_leaves_waits_for_no_plugin() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        plugins.attach(hanging(begun, interrupted));
        CallHandle handle = call(false);
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        handle.leave();

        assertThat(await().result()).isInstanceOf(CallResult.ClientGone.class);
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(transport.attempts()).isEmpty();
    }

    @Test
    void draining_waits_for_calls_that_plugins_hold() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        plugins.attach(hanging(begun, new CompletableFuture<>()));
        call(false);
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        var drained = service.drain();
        assertThat(drained).isNotDone();
        service.stopAll("shutdown");

        assertThat(await().result()).isEqualTo(new CallResult.StoppedBy("shutdown"));
        drained.get(20, TimeUnit.SECONDS);
        assertThat(service.runningCalls()).isZero();
    }
}

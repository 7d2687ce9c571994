package dev.tierway.application.tools;

import dev.tierway.application.facade.ChatCalls;
import dev.tierway.application.fixture.FakeQuotaStore;
import dev.tierway.application.fixture.FakeTransport;
import dev.tierway.application.fixture.LoopExecutor;
import dev.tierway.application.fixture.Recorded;
import dev.tierway.application.json.Json;
import dev.tierway.application.port.out.ArgumentCheck;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.ToolSource;
import dev.tierway.application.service.CallService;
import dev.tierway.application.service.Ports;
import dev.tierway.application.toolaccess.ToolAccess;
import dev.tierway.application.toolaccess.ToolRules;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Conversations on a real event loop with a scripted model. */
final class ConversationBench implements AutoCloseable {
    final LoopExecutor loop = new LoopExecutor();
    final FakeTransport transport = new FakeTransport(() -> {});
    final ScriptedModel model = new ScriptedModel();
    final List<String> used = new CopyOnWriteArrayList<>();
    final List<Throwable> troubles = new CopyOnWriteArrayList<>();
    final List<AuditEntry> audited = new CopyOnWriteArrayList<>();
    final FakeQuotaStore quota = new FakeQuotaStore();
    ToolRules rules = ToolRules.NONE;
    StepWatch watch = StepWatch.NONE;
    List<ToolSource> sources = List.of();
    private final AtomicLong entropy = new AtomicLong();

    ConversationBench() {
        transport.always(model::answer);
    }

    ToolConversations conversations() {
        Recorded recorded = new Recorded();
        CallService service = new CallService(
                Fleet.of("a/m", "b/m").registry(),
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
        RoutingListener listener = new RoutingListener() {
            @Override
            public void toolUsed(String tool, String end, Duration took) {
                used.add(tool + " " + end);
            }

            @Override
            public void internalError(String callId, Throwable error) {
                troubles.add(error);
            }
        };
        ToolAccess access = new ToolAccess(
                rules, quota, audit(), System::currentTimeMillis, entropy::incrementAndGet, "test", troubles::add);
        return new ToolConversations(
                new ChatCalls(service, service, loop, entropy::incrementAndGet),
                sources,
                new ToolParts(objects(), access, ToolMemory.NONE, watch, System::nanoTime),
                loop,
                List.of(listener));
    }

    /** Objects fit, unless they have a member {@code bad}. */
    private static ArgumentCheck objects() {
        return (schema, arguments) -> {
            Object read;
            try {
                read = Json.read(arguments.isEmpty() ? "{}" : arguments);
            } catch (IllegalArgumentException wrong) {
                return new ArgumentCheck.Checked.Misfit(false, List.of(String.valueOf(wrong.getMessage())));
            }
            return read instanceof Map<?, ?> object && !object.containsKey("bad")
                    ? new ArgumentCheck.Checked.Fit(new dev.tierway.application.chat.JsonText(arguments))
                    : new ArgumentCheck.Checked.Misfit(read instanceof Map, List.of("/bad: is not known"));
        };
    }

    private AuditLog audit() {
        return new AuditLog() {
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
    }

    @Override
    public void close() {
        loop.close();
    }
}

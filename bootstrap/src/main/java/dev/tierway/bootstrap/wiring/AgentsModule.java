package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.tierway.GatewayConfig;
import dev.tierway.McpServerConfig;
import dev.tierway.adapter.tools.JsonSchemaCheck;
import dev.tierway.adapter.tools.McpToolSource;
import dev.tierway.application.agents.AgentControls;
import dev.tierway.application.agents.AgentHolds;
import dev.tierway.application.agents.AgentRules;
import dev.tierway.application.agents.Agents;
import dev.tierway.application.agents.LoopSettings;
import dev.tierway.application.checkpoint.CheckpointParts;
import dev.tierway.application.checkpoint.CheckpointSettings;
import dev.tierway.application.checkpoint.CheckpointedCalls;
import dev.tierway.application.checkpoint.Fingerprint;
import dev.tierway.application.checkpoint.KeptTools;
import dev.tierway.application.checkpoint.Workflows;
import dev.tierway.application.facade.ChatCalls;
import dev.tierway.application.facade.FleetOperator;
import dev.tierway.application.idempotency.IdempotentCalls;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.port.in.QueryAgents;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.ToolSource;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.application.rights.AdmittedCalls;
import dev.tierway.application.service.CallService;
import dev.tierway.application.toolaccess.GuardedToolCalls;
import dev.tierway.application.toolaccess.ToolAccess;
import dev.tierway.application.toolaccess.ToolRules;
import dev.tierway.application.tools.StepWatch;
import dev.tierway.application.tools.ToolConversations;
import dev.tierway.application.tools.ToolMemory;
import dev.tierway.application.tools.ToolParts;
import dev.tierway.bootstrap.reload.Reloadable;
import dev.tierway.bootstrap.reload.ToolRulesReload;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Tools, who may use them, and checkpoints: what stands between a caller and the calls themselves. */
final class AgentsModule extends AbstractModule {
    private final GatewayConfig config;
    private final Overrides overrides;

    AgentsModule(GatewayConfig config, Overrides overrides) {
        this.config = config;
        this.overrides = overrides;
    }

    @Override
    protected void configure() {
        bind(StepFailures.class).toInstance(new StepFailures());
        bind(StepWatch.class).toInstance(StepWatch.NONE);
    }

    private CheckpointSettings settings() {
        return overrides.checkpoints() != null
                ? new CheckpointSettings(true, config.agents().checkpoints().silence())
                : config.agents().checkpoints();
    }

    @Provides
    @Singleton
    CheckpointStore checkpoints(History history, WallClock clock) {
        CheckpointStore given = overrides.checkpoints();
        return given != null ? given : history.checkpoints(clock);
    }

    @Provides
    @Singleton
    Fingerprint fingerprint() {
        return new Fingerprint(bytes -> {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java has SHA-256", impossible);
            }
        });
    }

    @Provides
    @Singleton
    Agents agents(
            LimitsInForce limits,
            AgentHolds holds,
            QuotaStore quota,
            CallLedger ledger,
            DecisionLog decisions,
            CheckpointStore checkpoints,
            CallExecutors executors,
            WallClock clock,
            Entropy entropy,
            Set<RoutingListener> listeners) {
        return new Agents(
                rules(config),
                loops(config),
                limits,
                holds,
                new Agents.Parts(
                        quota,
                        ledger,
                        decisions,
                        settings().enabled() ? checkpoints : null,
                        executors,
                        clock,
                        entropy,
                        List.copyOf(listeners)));
    }

    private AgentRules rules(GatewayConfig from) {
        AgentRules given = overrides.agentRules();
        return given != null ? given : from.agents().limits();
    }

    private LoopSettings loops(GatewayConfig from) {
        LoopSettings given = overrides.loops();
        return given != null ? given : from.agents().loops();
    }

    @ProvidesIntoSet
    @Singleton
    Reloadable reloadable(Agents agents) {
        return (now, next) -> () -> agents.swap(rules(next), loops(next));
    }

    @Provides
    @Singleton
    QueryAgents queries(Agents agents, LimitsInForce limits) {
        return agents.queries(limits);
    }

    @Provides
    @Singleton
    AgentControls controls(Agents agents, QueryAgents queries, FleetOperator operator) {
        return agents.controls(queries, operator);
    }

    @Provides
    @Singleton
    CheckpointedCalls checkpointed(
            IdempotentCalls calls,
            CallService service,
            Agents agents,
            ReplicaRegistry registry,
            CheckpointStore store,
            DecisionLog decisions,
            Fingerprint fingerprint,
            CallExecutors executors,
            MonotonicClock clock,
            WallClock wallClock,
            Entropy entropy,
            StepFailures failures) {
        CheckpointedCalls checkpointed = new CheckpointedCalls(
                new CheckpointParts(
                        calls,
                        service,
                        registry,
                        store,
                        decisions,
                        fingerprint,
                        executors,
                        clock,
                        wallClock,
                        entropy,
                        EngineModule.instance()),
                settings(),
                () -> agents.loops().on());
        failures.tell(checkpointed);
        return checkpointed;
    }

    @Provides
    @Singleton
    Workflows workflows(CheckpointStore store, Fingerprint fingerprint, CallExecutors executors, WallClock clock) {
        return new Workflows(store, settings().enabled(), fingerprint, executors, clock);
    }

    @Provides
    @Singleton
    ToolAccess access(
            QuotaStore quota, History history, WallClock clock, Entropy entropy, Set<RoutingListener> listeners) {
        ToolRules given = overrides.toolRules();
        return new ToolAccess(
                given != null ? given : config.agents().tools(),
                quota,
                history.audit(),
                clock,
                entropy,
                EngineModule.instance(),
                trouble(listeners));
    }

    @ProvidesIntoSet
    @Singleton
    Reloadable toolRules(ToolAccess access) {
        return new ToolRulesReload(access, overrides.toolRules() != null);
    }

    private static Consumer<Throwable> trouble(Set<RoutingListener> listeners) {
        return error -> listeners.forEach(listener -> listener.internalError("tools", error));
    }

    @Provides
    @Singleton
    GuardedToolCalls guarded(CheckpointedCalls calls, ToolAccess access) {
        return new GuardedToolCalls(calls, access);
    }

    @Provides
    @Singleton
    AdmittedCalls admitted(GuardedToolCalls calls) {
        return new AdmittedCalls(calls);
    }

    @Provides
    @Singleton
    ChatCalls chat(AdmittedCalls calls, CallService service, CallExecutors executors, Entropy entropy) {
        return new ChatCalls(calls, service, executors, entropy);
    }

    @Provides
    @Singleton
    ToolSources sources() {
        List<ToolSource> all = new ArrayList<>(overrides.toolSources());
        for (McpServerConfig server : config.mcpServers()) {
            if (all.stream().anyMatch(one -> one.id().equals(server.id()))) {
                throw new IllegalArgumentException(
                        "two sources of tools have the id '" + server.id() + "': rename one");
            }
            all.add(McpToolSource.of(server.server()));
        }
        return new ToolSources(List.copyOf(all));
    }

    /** Its calls aren't guarded: a conversation guards its tools itself, so that the model hears of denials. */
    @Provides
    @Singleton
    ToolConversations conversations(
            CheckpointedCalls calls,
            CallService service,
            ToolSources sources,
            ToolAccess access,
            CheckpointStore store,
            Fingerprint fingerprint,
            StepWatch watch,
            CallExecutors executors,
            MonotonicClock clock,
            WallClock wallClock,
            Entropy entropy,
            Set<RoutingListener> listeners) {
        ToolMemory memory = settings().enabled()
                ? new KeptTools(store, fingerprint, wallClock, trouble(listeners))
                : ToolMemory.NONE;
        return new ToolConversations(
                new ChatCalls(calls, service, executors, entropy),
                sources.all(),
                new ToolParts(new JsonSchemaCheck(), access, memory, watch, clock),
                executors,
                List.copyOf(listeners));
    }
}

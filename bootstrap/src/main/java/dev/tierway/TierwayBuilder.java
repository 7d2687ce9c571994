package dev.tierway;

import dev.tierway.application.agents.AgentRules;
import dev.tierway.application.agents.LoopSettings;
import dev.tierway.application.event.EventSubscriber;
import dev.tierway.application.plugin.AfterCall;
import dev.tierway.application.plugin.BeforeCall;
import dev.tierway.application.plugin.Hooks;
import dev.tierway.application.plugin.Plugin;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.ConfigHistory;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.OperatorListener;
import dev.tierway.application.port.out.OperatorState;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.port.out.ToolSource;
import dev.tierway.application.toolaccess.ToolRules;
import dev.tierway.bootstrap.Engine;
import dev.tierway.bootstrap.trace.CallTracing;
import dev.tierway.bootstrap.trace.GenAiNames;
import dev.tierway.bootstrap.trace.OpenTelemetryTracing;
import dev.tierway.bootstrap.wiring.Overrides;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.routing.RankingStrategy;
import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what an embedded Tierway is made of. Only the configuration is required. */
public final class TierwayBuilder {
    private @Nullable GatewayConfig config;
    private final List<RoutingListener> listeners = new ArrayList<>();
    private final Map<ProviderId, ProviderTransport> transports = new LinkedHashMap<>();
    private final List<RankingStrategy> strategies = new ArrayList<>();
    private final List<Plugin> plugins = new ArrayList<>();
    private final List<EventSubscriber> subscribers = new ArrayList<>();
    private int hooks;
    private @Nullable QuotaStore quota;
    private @Nullable CallLedger ledger;
    private @Nullable DecisionLog decisions;
    private final List<OperatorListener> operatorListeners = new ArrayList<>();
    private @Nullable OperatorState operatorState;
    private @Nullable AuditLog audit;
    private @Nullable OpenTelemetry openTelemetry;
    private @Nullable ConfigHistory configHistory;
    private @Nullable CheckpointStore checkpoints;
    private final List<ToolSource> toolSources = new ArrayList<>();
    private @Nullable ToolRules toolRules;
    private @Nullable AgentRules agentRules;
    private @Nullable LoopSettings loops;

    TierwayBuilder() {}

    public TierwayBuilder config(GatewayConfig newConfig) {
        config = newConfig;
        return this;
    }

    /**
     * Configuration as YAML or JSON text; placeholders are filled from the process's environment.
     *
     * @throws InvalidConfigException listing every problem of the text
     */
    public TierwayBuilder config(String text) {
        return config(GatewayConfig.parse(text, System.getenv()));
    }

    /** Hears of every call. Must not block. */
    public TierwayBuilder listener(RoutingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Speaks to a configured provider by an object of yours, whatever its kind. */
    public TierwayBuilder provider(String id, ProviderTransport transport) {
        transports.put(new ProviderId(id), transport);
        return this;
    }

    /**
     * A way to rank candidates of yours, under its own name: for calls' option {@code strategy}, and for the configuration
     * where {@code routing.own-strategies} names it. Those of {@link java.util.ServiceLoader} are found by themselves.
     */
    public TierwayBuilder strategy(RankingStrategy strategy) {
        strategies.add(strategy);
        return this;
    }

    /**
     * Takes part in every call, after those the configuration names; where it names this one with {@code program: true}, as
     * said there. Those of {@link java.util.ServiceLoader} are found by themselves.
     */
    public TierwayBuilder plugin(Plugin plugin) {
        plugins.add(plugin);
        return this;
    }

    /** A hook before each call: may change it or veto it; what it throws vetoes it. */
    public TierwayBuilder onBeforeCall(BeforeCall hook) {
        return plugin(Hooks.before("before-call-" + ++hooks, hook));
    }

    /** A hook after each call, before its caller is told; what it throws is logged, and costs nobody the answer. */
    public TierwayBuilder onAfterCall(AfterCall hook) {
        return plugin(Hooks.after("after-call-" + ++hooks, hook));
    }

    /** Hears of what happened, afterwards and on a thread of its own: it may block, and misses events if it is slow. */
    public TierwayBuilder onEvent(EventSubscriber subscriber) {
        subscribers.add(subscriber);
        return this;
    }

    public TierwayBuilder quotaStore(QuotaStore store) {
        quota = store;
        return this;
    }

    public TierwayBuilder ledger(CallLedger store) {
        ledger = store;
        return this;
    }

    public TierwayBuilder decisionLog(DecisionLog store) {
        decisions = store;
        return this;
    }

    /** Hears of what operators order, here and at other instances. Must not block. */
    public TierwayBuilder operatorListener(OperatorListener listener) {
        operatorListeners.add(listener);
        return this;
    }

    /** Keeps what operators order. Instances that share one follow each other. */
    public TierwayBuilder operatorState(OperatorState store) {
        operatorState = store;
        return this;
    }

    public TierwayBuilder auditLog(AuditLog store) {
        audit = store;
        return this;
    }

    /** Keeps the configurations that were in force. */
    public TierwayBuilder configHistory(ConfigHistory store) {
        configHistory = store;
        return this;
    }

    /** Keeps completed steps of workflows there, whatever {@code agents.checkpoints} says. */
    public TierwayBuilder checkpoints(CheckpointStore store) {
        checkpoints = store;
        return this;
    }

    /** Tools of yours that conversations may name, beside the configured MCP servers. */
    public TierwayBuilder toolSource(ToolSource source) {
        toolSources.add(source);
        return this;
    }

    /** Who may use which tool, in place of {@code agents.tools}. */
    public TierwayBuilder toolAccess(ToolRules rules) {
        toolRules = rules;
        return this;
    }

    /** How much agents may use, in place of what {@code agents} says of limits. */
    public TierwayBuilder limits(AgentRules rules) {
        agentRules = rules;
        return this;
    }

    /** When agents count as going round in circles, in place of {@code agents.loops}. */
    public TierwayBuilder loopDetection(LoopSettings settings) {
        loops = settings;
        return this;
    }

    /**
     * Calls and attempts become spans of these; a call's parent is the current span of the thread that calls. In place of
     * {@code observability.traces}.
     */
    public TierwayBuilder openTelemetry(OpenTelemetry telemetry) {
        openTelemetry = telemetry;
        return this;
    }

    private @Nullable CallTracing tracing(GatewayConfig chosen) {
        if (openTelemetry == null) {
            return null;
        }
        if (chosen.traces() != null) {
            throw new IllegalArgumentException(
                    "traces go to the OpenTelemetry object given, or to observability.traces: leave one of them out");
        }
        return new OpenTelemetryTracing(
                openTelemetry.getTracerProvider(), GenAiNames.in(chosen), true, false, () -> {});
    }

    /**
     * Starts it.
     *
     * @throws IllegalStateException without a configuration
     * @throws IllegalArgumentException if traces are to go to two places, a transport is for a provider that isn't configured, or the configuration names a
     *     strategy or a plugin that nobody brings
     */
    public Tierway build() {
        GatewayConfig chosen = config;
        if (chosen == null) {
            throw new IllegalStateException("Tierway needs a configuration: call config(...) before build()");
        }
        for (ProviderId id : transports.keySet()) {
            if (chosen.providers().stream().noneMatch(one -> one.id().equals(id))) {
                throw new IllegalArgumentException("there is no provider '" + id + "' in the configuration");
            }
        }
        for (PluginConfig plugin : chosen.plugins()) {
            boolean mine = plugin.settings() instanceof PluginConfig.OfProgram;
            if (mine && plugins.stream().noneMatch(one -> one.name().equals(plugin.name()))) {
                throw new IllegalArgumentException("the configuration names plugin '" + plugin.name()
                        + "' with program: true, but the builder was given none of that name");
            }
        }
        return new Tierway(Engine.start(
                chosen,
                new Overrides(
                        listeners,
                        transports,
                        strategies,
                        plugins,
                        subscribers,
                        quota,
                        ledger,
                        decisions,
                        operatorListeners,
                        operatorState,
                        audit,
                        configHistory,
                        checkpoints,
                        List.copyOf(toolSources),
                        toolRules,
                        agentRules,
                        loops,
                        tracing(chosen))));
    }
}

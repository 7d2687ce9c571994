package dev.tierway.bootstrap.wiring;

import dev.tierway.application.agents.AgentRules;
import dev.tierway.application.agents.LoopSettings;
import dev.tierway.application.event.EventSubscriber;
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
import dev.tierway.bootstrap.trace.CallTracing;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.routing.RankingStrategy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects an embedder gave in place of what the configuration would build; null: none. */
public record Overrides(
        List<RoutingListener> listeners,
        Map<ProviderId, ProviderTransport> transports,
        List<RankingStrategy> strategies,
        List<Plugin> plugins,
        List<EventSubscriber> subscribers,
        @Nullable QuotaStore quota,
        @Nullable CallLedger ledger,
        @Nullable DecisionLog decisions,
        List<OperatorListener> operatorListeners,
        @Nullable OperatorState operatorState,
        @Nullable AuditLog audit,
        @Nullable ConfigHistory configHistory,
        @Nullable CheckpointStore checkpoints,
        List<ToolSource> toolSources,
        @Nullable ToolRules toolRules,
        @Nullable AgentRules agentRules,
        @Nullable LoopSettings loops,
        @Nullable CallTracing tracing) {
    public static final Overrides NONE = new Overrides(
            List.of(), Map.of(), List.of(), List.of(), List.of(), null, null, null, List.of(), null, null, null, null,
            List.of(), null, null, null, null);

    /** The same with one more listener. */
    public Overrides with(RoutingListener listener) {
        var all = new java.util.ArrayList<>(listeners);
        all.add(listener);
        return new Overrides(
                List.copyOf(all),
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
                toolSources,
                toolRules,
                agentRules,
                loops,
                tracing);
    }
}

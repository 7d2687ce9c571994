package dev.tierway.application.service;

import dev.tierway.application.port.in.OperatorReceipt;
import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells an operator what an order has done, and what it hasn't. */
final class OperatorEffects {
    private final GivenOrder given;
    private final long nowNanos;
    private final List<ReplicaView> operated;
    private final Map<String, Boolean> modelsServed = new LinkedHashMap<>();

    private OperatorEffects(GivenOrder given, List<ReplicaView> fleet, long nowNanos) {
        this.given = given;
        this.nowNanos = nowNanos;
        this.operated = fleet.stream()
                .filter(view -> given.scope().covers(view.replica()))
                .toList();
        for (ReplicaView view : operated) {
            modelsServed.put(view.model().id().value(), false);
        }
        for (ReplicaView view : fleet) {
            if (takesTraffic(view)) {
                modelsServed.replace(view.model().id().value(), true);
            }
        }
    }

    static OperatorReceipt of(GivenOrder given, ReplicaRegistry registry, RuleSwitches switches, long nowNanos) {
        if (!given.scope().level().ofReplicas()) {
            return new OperatorReceipt(
                    OperatorWords.of(given),
                    List.of(),
                    switches.warnings(given.scope(), given.order(), registry.catalogue()));
        }
        List<ReplicaView> fleet = registry.snapshot(
                        List.copyOf(registry.catalogue().replicas()), List.of(), nowNanos)
                .candidates();
        OperatorEffects effects = new OperatorEffects(given, fleet, nowNanos);
        return new OperatorReceipt(
                OperatorWords.of(given),
                effects.operated.stream().map(effects::state).toList(),
                effects.warnings());
    }

    private OperatorReceipt.Operated state(ReplicaView view) {
        return new OperatorReceipt.Operated(
                view.replica().id().value(),
                view.phase().id(),
                view.standing().markedUnhealthy() != null,
                view.circuit(nowNanos).id());
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (operated.isEmpty()) {
            warnings.add("No replica is of " + given.scope() + ": nothing has changed.");
        }
        for (ReplicaView view : operated) {
            String other = instead(view);
            if (other != null) {
                warnings.add("Replica '" + view.replica().id() + "' " + other);
            }
        }
        modelsServed.forEach((model, served) -> {
            if (!served) {
                warnings.add("Model '" + model + "' has no replica left that takes traffic.");
            }
        });
        return warnings;
    }

    /** Why the order doesn't hold for one of its replicas; null if it does. */
    private @Nullable String instead(ReplicaView view) {
        return switch (given.order()) {
            case OperatorOrder.SetPhase(var phase) ->
                stays(view.phase().id(), view.standing().phase(), phase == null);
            case OperatorOrder.Mark(boolean healthy) -> {
                String stays = stays(
                        view.standing().markedUnhealthy() != null ? "marked unhealthy" : "not marked unhealthy",
                        view.standing().mark(),
                        false);
                yield stays != null || !healthy ? stays : behindCredential(view);
            }
            case OperatorOrder.ResetCircuit reset -> behindCredential(view);
            case OperatorOrder.SwitchRule rule -> null;
            case OperatorOrder.SwitchRoute route -> null;
            case OperatorOrder.UseStrategy strategy -> null;
            case OperatorOrder.Hold hold -> null;
            case OperatorOrder.Reset reset -> null;
            case OperatorOrder.SetLimits limits -> null;
        };
    }

    private @Nullable String behindCredential(ReplicaView view) {
        return view.provider().circuit().phase(nowNanos, view.accountCircuit()) == Circuit.Phase.CLOSED
                ? null
                : "is behind the circuit of its provider's credential, which isn't closed: reset the circuit of"
                        + " provider '" + view.replica().provider() + "'.";
    }

    private @Nullable String stays(String how, @Nullable OperatorAction because, boolean takenBack) {
        if (because == null || (because.scope().equals(given.scope()) && !takenBack)) {
            return null;
        }
        String reason = because.reason();
        return "is " + how + ": " + because.author() + " has ordered so for " + because.scope()
                + (reason == null ? "." : " (" + reason + ").");
    }

    private static boolean takesTraffic(ReplicaView view) {
        return view.phase() != Phase.DRAINING
                && view.replica().weight() > 0
                && view.standing().markedUnhealthy() == null;
    }
}

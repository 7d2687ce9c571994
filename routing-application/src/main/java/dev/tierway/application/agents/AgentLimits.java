package dev.tierway.application.agents;

import dev.tierway.application.agents.LimitedScope.Level;
import dev.tierway.application.limits.CallerDescriptors;
import dev.tierway.application.limits.NamesSeen;
import dev.tierway.application.limits.Owner;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.quota.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much agents may use now: what is configured, with operators' orders laid over it. Safe for many threads. */
public final class AgentLimits implements CallerDescriptors {
    private final WallClock clock;
    private final NamesSeen names = new NamesSeen();
    private volatile AgentRules rules;
    private volatile Ordered ordered = Ordered.NOTHING;

    public AgentLimits(AgentRules rules, WallClock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** Takes other limits; what is used stays used. */
    public void swap(AgentRules next) {
        rules = next;
    }

    public AgentRules configured() {
        return rules;
    }

    /** @param actions all that is in force, of whatever topic */
    public void obey(List<OperatorAction> actions) {
        ordered = Ordered.of(actions);
    }

    @Override
    public List<Descriptor> of(CallCommand call) {
        List<LimitedScope> scopes = scopes(call);
        if (scopes.isEmpty()) {
            return List.of();
        }
        List<Descriptor> descriptors = new ArrayList<>();
        for (LimitedScope scope : scopes) {
            descriptors.addAll(scope.descriptors());
        }
        return descriptors;
    }

    /** What such a call counts in; empty if it names neither an agent nor a workflow. */
    List<LimitedScope> scopes(CallCommand call) {
        CallOptions options = call.options();
        String agent = options.agent();
        String workflow = options.workflow();
        if (agent == null && workflow == null) {
            return List.of();
        }
        long millis = clock.epochMillis();
        List<LimitedScope> scopes = new ArrayList<>(3);
        Owner execution = new Owner(Owner.Kind.AGENT, workflow, call.key(), agent == null ? "" : agent, false);
        Owner counted = names.counted(execution, millis);
        // Workflows' names don't end either: those without room are one, whatever the workflow.
        scopes.add(scope(
                Level.EXECUTION,
                counted.isOthers() ? new Owner(Owner.Kind.AGENT, null, call.key(), null, false) : counted));
        if (workflow != null) {
            Owner whole = new Owner(Owner.Kind.WORKFLOW, null, call.key(), workflow, false);
            scopes.add(scope(Level.WORKFLOW, names.counted(whole, millis)));
        }
        scopes.add(scope(Level.GATEWAY, Owner.EVERYONE));
        return scopes;
    }

    private LimitedScope scope(Level level, Owner owner) {
        AgentRules configured = rules;
        Ordered orders = ordered;
        String name = owner.name();
        String workflow = level == Level.WORKFLOW ? name : owner.tag();
        String agent = level == Level.EXECUTION ? name : null;
        ExecutionLimits limits = switch (level) {
            case EXECUTION ->
                named(agent, Scope.Level.AGENT, orders)
                        .or(configured(agent, configured.agents()))
                        .or(configured.execution());
            case WORKFLOW ->
                named(workflow, Scope.Level.WORKFLOW, orders)
                        .or(configured(workflow, configured.workflows()))
                        .or(configured.workflow());
            case GATEWAY -> orders.limits(Scope.gateway()).or(configured.gateway());
        };
        return new LimitedScope(level, owner, reset(agent, workflow), limits);
    }

    private static ExecutionLimits named(@Nullable String name, Scope.Level level, Ordered orders) {
        return name != null && fits(name) ? orders.limits(new Scope(level, name)) : ExecutionLimits.NONE;
    }

    private static ExecutionLimits configured(@Nullable String name, Map<String, ExecutionLimits> limits) {
        return name == null ? ExecutionLimits.NONE : limits.getOrDefault(name, ExecutionLimits.NONE);
    }

    /** Since when that counts: the latest reset of what it is part of. */
    Ordered.Reset reset(@Nullable String agent, @Nullable String workflow) {
        Ordered orders = ordered;
        if (orders.resets().isEmpty()) {
            return Ordered.Reset.NEVER;
        }
        Ordered.Reset latest = orders.reset(Scope.gateway());
        if (agent != null && fits(agent)) {
            latest = latest.later(orders.reset(Scope.agent(agent)));
        }
        return workflow != null && fits(workflow) ? latest.later(orders.reset(Scope.workflow(workflow))) : latest;
    }

    /** Whether orders can name it. */
    private static boolean fits(String name) {
        return !name.isBlank() && name.length() <= Scope.LONGEST_NAME;
    }

    /** What a program's own calls of that agent count in. */
    LimitedScope execution(@Nullable String agent, @Nullable String workflow) {
        return scope(Level.EXECUTION, new Owner(Owner.Kind.AGENT, workflow, null, agent == null ? "" : agent, false));
    }

    LimitedScope gateway() {
        return scope(Level.GATEWAY, Owner.EVERYONE);
    }

    /** What calls counted in lately, the latest first: with limits or without, at most so many. */
    List<LimitedScope> lately(int most) {
        List<LimitedScope> scopes = new ArrayList<>();
        scopes.add(scope(Level.GATEWAY, Owner.EVERYONE));
        for (Owner owner : names.latest()) {
            if (scopes.size() == most) {
                break;
            }
            scopes.add(scope(owner.kind() == Owner.Kind.WORKFLOW ? Level.WORKFLOW : Level.EXECUTION, owner));
        }
        return scopes;
    }
}

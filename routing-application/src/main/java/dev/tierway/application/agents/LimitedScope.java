package dev.tierway.application.agents;

import dev.tierway.application.limits.Owner;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that counts for itself: an execution, a workflow, or all agents of the gateway.
 *
 * @param owner of an execution an agent, whose {@link Owner#tag} is the workflow, and whose name is empty if the call gave none
 * @param reset since when it counts
 */
record LimitedScope(Level level, Owner owner, Ordered.Reset reset, ExecutionLimits limits) {
    /** How wide it is. */
    enum Level {
        EXECUTION,
        WORKFLOW,
        GATEWAY;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The name under which all of it is kept; another one after each reset. */
    String key() {
        return Descriptor.agentsOwner(level.id(), reset.epoch(), owner.under());
    }

    List<Descriptor> descriptors() {
        List<Limit> counted = limits.counted();
        List<Descriptor> descriptors = new ArrayList<>(counted.size());
        for (Limit limit : counted) {
            descriptors.add(new Descriptor(key(), Side.CALLER, limit));
        }
        return descriptors;
    }

    @Nullable
    String agent() {
        String name = owner.name();
        return level == Level.EXECUTION && name != null && !name.isEmpty() ? name : null;
    }

    @Nullable
    String workflow() {
        return level == Level.WORKFLOW ? owner.name() : owner.tag();
    }

    /** Its attempts in the account book; null where the book can't tell them from others'. */
    @Nullable
    LedgerQuery rows() {
        if (owner.isOthers()) {
            return null;
        }
        LedgerQuery since = LedgerQuery.ALL.since(reset.sinceEpochMillis());
        return switch (level) {
            case GATEWAY -> since;
            case WORKFLOW ->
                since.whereOrWithout(LedgerField.KEY, owner.key()).whereOrWithout(LedgerField.WORKFLOW, owner.name());
            case EXECUTION ->
                since.whereOrWithout(LedgerField.KEY, owner.key())
                        .whereOrWithout(LedgerField.WORKFLOW, owner.tag())
                        .whereOrWithout(LedgerField.AGENT, agent());
        };
    }

    /** For people. */
    String words() {
        String agent = agent();
        String workflow = workflow();
        return switch (level) {
            case GATEWAY -> "all agents";
            case WORKFLOW -> "workflow '" + workflow + "'";
            case EXECUTION ->
                (agent == null ? "the agent without a name" : "agent '" + agent + "'")
                        + (workflow == null ? "" : " in workflow '" + workflow + "'");
        };
    }
}

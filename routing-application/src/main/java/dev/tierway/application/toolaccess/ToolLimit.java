package dev.tierway.application.toolaccess;

import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often tools may be used.
 *
 * @param id under which usage is kept
 * @param tools all that it matches are counted together
 * @param perAgent whether each agent has a count of its own
 * @param limits of requests alone: one use of a tool is one
 */
public record ToolLimit(String id, ToolPattern tools, boolean perAgent, List<Limit> limits) {
    public ToolLimit {
        limits = List.copyOf(limits);
    }

    List<Descriptor> of(Who who) {
        List<Descriptor> all = new ArrayList<>(limits.size());
        for (Limit limit : limits) {
            all.add(new Descriptor("tool:" + id + (perAgent ? space(who) : ""), Side.CALLER, limit));
        }
        return all;
    }

    private static String space(Who who) {
        return part("key", who.key()) + part("agent", who.agent());
    }

    private static String part(String kind, @Nullable String name) {
        return name == null
                ? ""
                : "/" + kind + "="
                        + name.replace("%", "%25").replace("/", "%2F").replace("|", "%7C");
    }
}

package dev.tierway.domain.quota;

import org.jspecify.annotations.Nullable;

/**
 * One limit of one owner. Stores keep usage only; the limit travels with the descriptor.
 *
 * @param owner whose usage it is, e.g. {@code domain:openai-org} or {@code key:search-team}
 * @param enforced false: counted and reported when exceeded, but nobody is denied
 * @param reserves how much of its dimension an attempt takes before it is sent; only money has both
 */
public record Descriptor(String owner, Side side, Limit limit, boolean enforced, Reserves reserves) {
    /** In a name's place: all names together that found no room. Names are escaped, so that none looks like it. */
    public static final String OTHERS = "%other";

    private static final String BUDGET = "budget:";
    private static final String AGENTS = "agents:";

    /** What is taken beforehand. */
    public enum Reserves {
        /** The most it can cost: the limit holds. */
        WORST_CASE,
        /** What it will probably cost: more calls at once, and as much over the limit as calls in flight exceed that. */
        EXPECTED
    }

    /** An enforced limit that reserves the worst case. */
    public Descriptor(String owner, Side side, Limit limit) {
        this(owner, side, limit, true, Reserves.WORST_CASE);
    }

    /**
     * Under which a budget counts.
     *
     * @param under the name it counts apart, with a slash before it; empty if it counts all it is for together
     */
    public static String budgetOwner(String budget, String under) {
        return BUDGET + budget + under;
    }

    /** The budget's id; null if this is no budget's. */
    public @Nullable String budget() {
        if (!owner.startsWith(BUDGET)) {
            return null;
        }
        int end = owner.indexOf('/');
        return owner.substring(BUDGET.length(), end < 0 ? owner.length() : end);
    }

    /**
     * Under which a limit of agents counts.
     *
     * @param level execution, workflow or gateway
     * @param epoch of what the count belongs to: another one begins at zero
     * @param under the name it counts apart, with a slash before it; empty if it counts all it is for together
     */
    public static String agentsOwner(String level, long epoch, String under) {
        return AGENTS + level + (epoch == 0 ? "" : "@" + epoch) + under;
    }

    /** Whether it is a limit of agents. */
    public boolean ofAgents() {
        return owner.startsWith(AGENTS);
    }

    /** Whether it counts all names together that found no room in their API key's space. */
    public boolean countsOthers() {
        return owner.endsWith("=" + OTHERS);
    }

    /**
     * The name under which usage is kept, unique per owner, dimension and window; a vendor's own limit is another than ours over
     * the same window.
     */
    public String key() {
        String whose = limit.isLearned() && !limit.window().isZero() ? "vendor-" : "";
        return owner + "|" + limit.dimension().id() + "|" + whose
                + limit.window().toSeconds();
    }
}

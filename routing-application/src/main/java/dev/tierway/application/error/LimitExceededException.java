package dev.tierway.application.error;

/** A limit of an agent, a workflow or all agents leaves no room for this call. */
public final class LimitExceededException extends TierwayException {
    private static final long serialVersionUID = 1;

    private final String limit;
    private final String used;
    private final String allowed;

    /**
     * @param limit its name in the configuration: usd, tokens, steps, elapsed or calls-per-minute
     * @param used dollars, a count, or a time such as 42s
     * @param allowed in the same unit
     */
    public LimitExceededException(Details details, String limit, String used, String allowed) {
        super(details);
        this.limit = limit;
        this.used = used;
        this.allowed = allowed;
    }

    /** Its name in the configuration: usd, tokens, steps, elapsed or calls-per-minute. */
    public String limit() {
        return limit;
    }

    /** How much of it is used or held by calls in flight: dollars, a count, or a time such as 42s. */
    public String used() {
        return used;
    }

    public String allowed() {
        return allowed;
    }
}

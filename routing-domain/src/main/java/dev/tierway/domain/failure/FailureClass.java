package dev.tierway.domain.failure;

import java.util.Locale;

/**
 * What went wrong, classified once. The class alone decides repeat, spillover, circuit, cooldown, charge, metric label
 * and the caller's status: each constant is a row of docs/reference/failure-classes.md.
 */
public enum FailureClass {
    INVALID_REQUEST(Spill.NO, Health.IGNORED, Charge.REFUND, 400, "invalid_request"),
    CONTEXT_TOO_LONG(Spill.LARGER_WINDOW, Health.IGNORED, Charge.REFUND, 400, "context_length_exceeded"),
    CONTENT_POLICY(Spill.BY_SETTING, Health.IGNORED, Charge.REPORTED, 400, "content_policy_violation"),
    ACCOUNT_EXHAUSTED(Spill.YES, Health.OPENS_PROVIDER_LONG, Charge.REFUND, 502, "upstream_account_exhausted"),
    MISCONFIGURED(Spill.YES, Health.OPENS_REPLICA_LONG, Charge.REFUND, 502, "upstream_model_unavailable"),
    /**
     * The provider has no endpoint for the wire format the caller came in: its other endpoints aren't worse for it, and the
     * same replica may be asked again, translated.
     */
    ENDPOINT_NOT_OFFERED(Spill.YES, Health.IGNORED, Charge.REFUND, 501, "unsupported_endpoint"),
    CREDENTIAL(Spill.YES, Health.OPENS_PROVIDER, Charge.REFUND, 502, "upstream_credentials"),
    RATE_LIMITED(Spill.YES_OR_REPEAT, Health.COOLS_DOWN, Charge.REFUND, 429, "upstream_rate_limited"),
    OVERLOADED(Spill.YES_OR_REPEAT, Health.COUNTS_AND_COOLS_DOWN, Charge.REFUND, 503, "upstream_overloaded"),
    UPSTREAM_FAULT(Spill.YES, Health.COUNTS, Charge.UNKNOWN, 502, "upstream_error"),
    TRANSPORT(Spill.YES, Health.COUNTS, Charge.BY_PROCESSED, 502, "upstream_unreachable"),
    TIMEOUT(Spill.YES, Health.COUNTS, Charge.BY_PROCESSED, 504, "upstream_timeout"),
    STREAM_BROKEN(Spill.NO, Health.COUNTS, Charge.REPORTED, 502, "stream_broken"),
    CANCELLED(Spill.NO, Health.IGNORED, Charge.REPORTED, 499, "cancelled"),
    /** Our own fault: a driver or adapter threw. Never the replica's. */
    INTERNAL(Spill.NO, Health.IGNORED, Charge.BY_PROCESSED, 500, "internal_error");

    /** Whether another replica may be tried before commit. */
    public enum Spill {
        NO,
        YES,
        /** Yes; and if there is nobody else, this replica once more after a cooldown of at most a second. */
        YES_OR_REPEAT,
        /** Only to models with a larger context window. */
        LARGER_WINDOW,
        /** Only where the operator allowed it. */
        BY_SETTING
    }

    /** What it does to the health of the replica or its provider. */
    public enum Health {
        IGNORED,
        COUNTS,
        COOLS_DOWN,
        COUNTS_AND_COOLS_DOWN,
        /** Opens the circuit of every replica of that credential, 5 s doubling to 300 s. */
        OPENS_PROVIDER,
        /** The same for 5 min doubling to 1 h. */
        OPENS_PROVIDER_LONG,
        /** Opens the circuit of that credential and model, 5 min doubling to 1 h. */
        OPENS_REPLICA_LONG
    }

    /** What happens to the reservation. */
    public enum Charge {
        /** Tokens and money come back, the request stays used. */
        REFUND,
        /** What the vendor reported, else the input and what was seen of the output. */
        REPORTED,
        /** Everything comes back if the vendor certainly didn't see it, else as unknown. */
        BY_PROCESSED,
        /** Rates at the estimate, money at what was seen. */
        UNKNOWN
    }

    private final Spill spill;
    private final Health health;
    private final Charge charge;
    private final int httpStatus;
    private final String code;
    private final String id = name().toLowerCase(Locale.ROOT);

    FailureClass(Spill spill, Health health, Charge charge, int httpStatus, String code) {
        this.spill = spill;
        this.health = health;
        this.charge = charge;
        this.httpStatus = httpStatus;
        this.code = code;
    }

    /** The name in metrics, logs and decisions. */
    public String id() {
        return id;
    }

    public Spill spill() {
        return spill;
    }

    public Health health() {
        return health;
    }

    public Charge charge() {
        return charge;
    }

    /** The status a caller sees if this ends the call; an invalid request keeps the vendor's own. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The error code a caller sees if this ends the call. */
    public String code() {
        return code;
    }

    /** Whether it counts as a failure in the success estimate and the circuit. */
    public boolean counts() {
        return health == Health.COUNTS || health == Health.COUNTS_AND_COOLS_DOWN;
    }

    public boolean coolsDown() {
        return health == Health.COOLS_DOWN || health == Health.COUNTS_AND_COOLS_DOWN;
    }
}

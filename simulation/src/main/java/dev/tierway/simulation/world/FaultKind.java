package dev.tierway.simulation.world;

import java.util.Locale;

/** How an attempt can go wrong at a replica. */
public enum FaultKind {
    /** 429 within milliseconds, without a word on when to come back. */
    RATE_LIMITED(429, 5),
    /** 500, before the headers or as an error event before the first token. */
    SERVER_ERROR(500, 200),
    /** 503. */
    OVERLOADED(503, 60),
    /** Nobody listens. */
    REFUSED(0, 2),
    /** The connection never stands. */
    CONNECT_TIMEOUT(0, 0),
    /** Connected, and then silence: only the attempt's own clock ends it. */
    BLACK_HOLE(0, 0),
    /** The stream is cut after its first token. */
    STREAM_BREAK(200, 0),
    /** An answer so slow that the attempt's clock ends it. */
    TOO_SLOW(0, 0),
    /** 429 because the replica has no slot left; back in a second. */
    NO_SLOT(429, 20),
    /** 429 because a limit per minute is used up; the vendor says when to come back. */
    LIMIT_REACHED(429, 20),
    /** 429 because the account has no credit left. */
    ACCOUNT_EXHAUSTED(429, 30),
    /** 404: the deployment was taken down. */
    REMOVED(404, 30);

    private final int status;
    private final long afterMillis;
    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    FaultKind(int status, long afterMillis) {
        this.status = status;
        this.afterMillis = afterMillis;
    }

    public String id() {
        return id;
    }

    /** The HTTP status the client sees; 0 if there is none. */
    public int status() {
        return status;
    }

    /** How long the vendor takes to say so; meaningless where a clock of the attempt ends it. */
    long afterNanos() {
        return afterMillis * 1_000_000;
    }

    /** Whether the vendor knows that it refused a request, and keeps no slot for it. */
    boolean refusedAtTheDoor() {
        return switch (this) {
            case RATE_LIMITED,
                    OVERLOADED,
                    REFUSED,
                    CONNECT_TIMEOUT,
                    NO_SLOT,
                    LIMIT_REACHED,
                    ACCOUNT_EXHAUSTED,
                    REMOVED -> true;
            case SERVER_ERROR, BLACK_HOLE, STREAM_BREAK, TOO_SLOW -> false;
        };
    }

    /** What of an attempt a fault meets. */
    public enum Met {
        BEFORE_HEADERS,
        BEFORE_FIRST_TOKEN,
        MID_STREAM;

        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}

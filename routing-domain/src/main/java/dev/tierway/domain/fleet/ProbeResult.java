package dev.tierway.domain.fleet;

import java.util.Locale;

/** What a health probe found: a look at a replica's server that is no call and costs no token. */
public enum ProbeResult {
    /** It answered. */
    ALIVE(Says.ALIVE),
    /** It answered with a list of models that lacks the replica's. Some servers list other names: a call will tell. */
    MODEL_NOT_LISTED(Says.ALIVE),
    /** What answered doesn't tell whether the server works. */
    INCONCLUSIVE(Says.NOTHING),
    /** No connection came about. */
    UNREACHABLE(Says.DEAD),
    /** It was connected, and no whole answer came in time. */
    TIMED_OUT(Says.DEAD),
    /** It answered that it is broken, or with something that is no answer. */
    FAULTY(Says.DEAD);

    private final Says says;

    ProbeResult(Says says) {
        this.says = says;
    }

    private enum Says {
        ALIVE,
        NOTHING,
        DEAD
    }

    /** Whether it speaks for the replica. */
    public boolean alive() {
        return says == Says.ALIVE;
    }

    /** Whether it speaks against the replica; neither, if it says nothing. */
    public boolean dead() {
        return says == Says.DEAD;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.tierway.application.port.in;

import dev.tierway.application.access.Caller;
import java.util.Locale;

/** Tells whose key a secret is. */
public interface Authenticate {
    /** Never blocks: it looks at what this instance knows, which is at most seconds old. */
    Verdict verdict(String secret);

    /** What became of it. */
    sealed interface Verdict {}

    record Known(Caller caller) implements Verdict {}

    record Refused(Reason reason) implements Verdict {}

    /** Why a secret opens nothing. */
    enum Reason {
        UNKNOWN,
        EXPIRED,
        REVOKED;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

package dev.tierway.application.port.out;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes digests of keys' secrets that can't be made without the pepper. May be used by several threads at once. */
public interface SecretHash {
    /** With the pepper in force. */
    Digest of(String secret);

    /** With the pepper before it; null if there is none. */
    @Nullable
    Digest before(String secret);

    /** The ids of the peppers there are, the one in force first. */
    List<String> peppers();

    /**
     * A secret's digest.
     *
     * @param text equal for equal secrets under one pepper
     * @param pepper the id of the pepper it was made with
     */
    record Digest(String text, String pepper) {}
}

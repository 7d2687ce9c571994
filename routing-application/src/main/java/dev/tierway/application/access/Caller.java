package dev.tierway.application.access;

import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param key the API key's id; null: the gateway asked for none, or the call came from Java
 */
public record Caller(@Nullable String key, Grant grant) {
    /** Somebody who needs no key. */
    public static final Caller ANYONE = new Caller(null, Grant.ALL);

    /** Somebody who has shown no key where one is asked for: may do nothing. */
    public static final Caller NOBODY = new Caller(null, Grant.of());

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    /** Whether the key has that scope; {@code admin} sees whatever can be seen, but asks no models by itself. */
    public boolean may(KeyScope scope) {
        return grant.scopes().contains(scope)
                || (scope != KeyScope.CALL && grant.scopes().contains(KeyScope.ADMIN));
    }

    /** Keeps hashes of one key's prompts apart from another's (FNV-1a, Fowler, Noll and Vo); 0 without a key. */
    public long salt() {
        if (key == null) {
            return 0;
        }
        long hash = OFFSET;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * PRIME;
        }
        return hash;
    }
}

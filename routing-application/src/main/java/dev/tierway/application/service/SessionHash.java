package dev.tierway.application.service;

import dev.tierway.application.port.in.CallCommand;
import java.nio.charset.StandardCharsets;

/**
 * A caller's session as routing knows it: a hash of its name and of the key that used it (FNV-1a, Fowler, Noll and Vo), so
 * that two callers' sessions of one name are two.
 */
final class SessionHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private SessionHash() {}

    /** 0 if the caller named no session. */
    static long of(CallCommand command) {
        String session = command.options().session();
        if (session == null) {
            return 0;
        }
        String key = command.key();
        long hash = add(OFFSET, key == null ? "" : key);
        hash = add((hash ^ 0xff) * PRIME, session);
        return hash == 0 ? 1 : hash;
    }

    private static long add(long hash, String text) {
        long next = hash;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            next = (next ^ (b & 0xff)) * PRIME;
        }
        return next;
    }
}

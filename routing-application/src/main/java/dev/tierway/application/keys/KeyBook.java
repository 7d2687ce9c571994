package dev.tierway.application.keys;

import dev.tierway.application.access.Caller;
import dev.tierway.application.port.out.KeySecret;
import dev.tierway.application.port.out.NumberedKey;
import dev.tierway.application.port.out.SecretHash;
import dev.tierway.application.port.out.StoredKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys this instance knows, stored ones and those of the configuration, kept in force in the ring. */
final class KeyBook {
    private final KeyRing ring;
    private final SecretHash hash;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, NumberedKey> stored = new TreeMap<>();
    private Map<String, DeclaredKey> declared = Map.of();
    private Set<String> declaredDigests = Set.of();
    private long seen;

    KeyBook(KeyRing ring, SecretHash hash) {
        this.ring = ring;
        this.hash = hash;
    }

    /** The highest number known. */
    long seen() {
        lock.lock();
        try {
            return seen;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    NumberedKey stored(String id) {
        lock.lock();
        try {
            return stored.get(id);
        } finally {
            lock.unlock();
        }
    }

    /** By id. */
    List<StoredKey> stored() {
        lock.lock();
        try {
            return stored.values().stream().map(NumberedKey::key).toList();
        } finally {
            lock.unlock();
        }
    }

    Map<String, DeclaredKey> declared() {
        lock.lock();
        try {
            return declared;
        } finally {
            lock.unlock();
        }
    }

    /** Puts what is new in force, and returns it. */
    List<StoredKey> take(List<NumberedKey> learned) {
        lock.lock();
        try {
            List<StoredKey> fresh = new ArrayList<>();
            for (NumberedKey key : learned) {
                if (key.number() > seen) {
                    seen = key.number();
                    NumberedKey old = stored.put(key.key().id(), key);
                    enforce(old == null ? null : old.key(), key.key());
                    fresh.add(key.key());
                }
            }
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The configuration's keys, digested: to be taken in place of those it had before. A stored key of the same id stops working.
     */
    Runnable prepare(List<DeclaredKey> keys) {
        Map<String, DeclaredKey> byId = new LinkedHashMap<>();
        Map<String, KeyRing.Entry> byDigest = new LinkedHashMap<>();
        for (DeclaredKey key : keys) {
            byId.put(key.id(), key);
            byDigest.put(
                    hash.of(key.secret()).text(),
                    new KeyRing.Entry(
                            new Caller(key.id(), key.grant()),
                            key.id(),
                            key.expiresEpochMillis(),
                            false,
                            false,
                            ring.use(key.id())));
        }
        return () -> declare(byId, byDigest);
    }

    private void declare(Map<String, DeclaredKey> byId, Map<String, KeyRing.Entry> byDigest) {
        lock.lock();
        try {
            Set<String> before = declaredDigests;
            declared = byId;
            declaredDigests = byDigest.keySet();
            byDigest.forEach(ring::put);
            ring.remove(
                    before.stream().filter(one -> !byDigest.containsKey(one)).toList());
            stored.values().forEach(one -> enforce(one.key(), one.key()));
        } finally {
            lock.unlock();
        }
    }

    /** The new digests first: a key whose secrets stay is never without them. */
    private void enforce(@Nullable StoredKey old, StoredKey now) {
        boolean shadowed = declared.containsKey(now.id());
        Set<String> kept = new HashSet<>(declaredDigests);
        if (!shadowed) {
            Caller caller = new Caller(now.id(), now.grant());
            for (KeySecret secret : now.secrets()) {
                if (!declaredDigests.contains(secret.digest())) {
                    boolean revoked = now.revokedEpochMillis() != null;
                    ring.put(
                            secret.digest(),
                            new KeyRing.Entry(caller, now.id(), end(now, secret), revoked, true, ring.use(now.id())));
                    kept.add(secret.digest());
                }
            }
        }
        if (old != null) {
            ring.remove(old.secrets().stream()
                    .map(KeySecret::digest)
                    .filter(digest -> !kept.contains(digest))
                    .collect(Collectors.toList()));
        }
    }

    private static @Nullable Long end(StoredKey key, KeySecret secret) {
        Long ofKey = key.expiresEpochMillis();
        Long own = secret.untilEpochMillis();
        return own == null ? ofKey : ofKey == null ? own : (Long) Math.min(own, ofKey);
    }

    /** Whether its secrets can't be told here. */
    boolean unusable(StoredKey key) {
        List<String> peppers = hash.peppers();
        return key.revokedEpochMillis() == null
                && key.secrets().stream().noneMatch(secret -> peppers.contains(secret.pepper()));
    }
}

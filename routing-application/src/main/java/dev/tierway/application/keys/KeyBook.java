package dev.tierway.application.keys;

import dev.tierway.application.access.Caller;
import dev.tierway.application.port.out.KeySecret;
import dev.tierway.application.port.out.NumberedKey;
import dev.tierway.application.port.out.SecretHash;
import dev.tierway.application.port.out.StoredKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private List<String> declaredDigests = List.of();
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

    /** Takes the configuration's keys in place of those it had before. A stored key of the same id stops working. */
    void declare(List<DeclaredKey> keys) {
        lock.lock();
        try {
            List<String> before = declaredDigests;
            Map<String, DeclaredKey> next = new LinkedHashMap<>();
            keys.forEach(key -> next.put(key.id(), key));
            declared = next;
            List<String> digests = new ArrayList<>();
            for (DeclaredKey key : keys) {
                String digest = hash.of(key.secret()).text();
                digests.add(digest);
                Caller caller = new Caller(key.id(), key.grant());
                ring.put(
                        digest,
                        new KeyRing.Entry(
                                caller, key.id(), key.expiresEpochMillis(), false, false, ring.use(key.id())));
            }
            declaredDigests = digests;
            ring.remove(before.stream().filter(one -> !digests.contains(one)).toList());
            stored.values().forEach(one -> enforce(one.key(), one.key()));
        } finally {
            lock.unlock();
        }
    }

    /** The new digests first: a key whose secrets stay is never without them. */
    private void enforce(@Nullable StoredKey old, StoredKey now) {
        boolean shadowed = declared.containsKey(now.id());
        List<String> kept = new ArrayList<>(declaredDigests);
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

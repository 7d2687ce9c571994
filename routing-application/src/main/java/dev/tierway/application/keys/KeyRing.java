package dev.tierway.application.keys;

import dev.tierway.application.access.Caller;
import dev.tierway.application.port.in.Authenticate;
import dev.tierway.application.port.out.SecretHash;
import dev.tierway.application.port.out.SecretHash.Digest;
import dev.tierway.application.port.out.WallClock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every secret this instance knows, found by its digest: one hash and one look into a table, without a lock. Whoever doesn't
 * know the pepper can't choose digests, so what a comparison's time says of one says nothing of a secret.
 */
final class KeyRing implements Authenticate {
    /** Nobody has a longer one; it would only cost time to hash it. */
    static final int LONGEST_SECRET = 1024;

    private final SecretHash hash;
    private final WallClock clock;
    private final Map<String, Entry> byDigest = new ConcurrentHashMap<>();
    private final Map<String, KeyUse> uses = new ConcurrentHashMap<>();
    private final Map<String, Upgrade> upgrades = new ConcurrentHashMap<>();

    /**
     * What one secret opens.
     *
     * @param untilMillis when it stops working; null: not by itself
     */
    record Entry(Caller caller, String id, @Nullable Long untilMillis, boolean revoked, boolean stored, KeyUse use) {}

    /** A secret that was seen and whose digest is of the pepper before: the one in force shall take its place. */
    record Upgrade(String id, String old, Digest digest) {}

    KeyRing(SecretHash hash, WallClock clock) {
        this.hash = hash;
        this.clock = clock;
    }

    void put(String digest, Entry entry) {
        byDigest.put(digest, entry);
    }

    void remove(Collection<String> digests) {
        digests.forEach(byDigest::remove);
    }

    KeyUse use(String id) {
        return uses.computeIfAbsent(id, key -> new KeyUse());
    }

    Map<String, KeyUse> uses() {
        return uses;
    }

    /** Those seen since it was asked last. */
    Collection<Upgrade> takeUpgrades() {
        Collection<Upgrade> taken = List.copyOf(upgrades.values());
        taken.forEach(one -> upgrades.remove(one.old(), one));
        return taken;
    }

    boolean knows(Digest digest) {
        return byDigest.containsKey(digest.text());
    }

    @Override
    public Verdict verdict(String secret) {
        if (secret.length() > LONGEST_SECRET) {
            return new Refused(Reason.UNKNOWN);
        }
        Digest digest = hash.of(secret);
        Entry entry = byDigest.get(digest.text());
        if (entry != null) {
            return verdict(entry);
        }
        Digest before = hash.before(secret);
        Entry old = before == null ? null : byDigest.get(before.text());
        if (before == null || old == null) {
            return new Refused(Reason.UNKNOWN);
        }
        Verdict verdict = verdict(old);
        if (verdict instanceof Known && old.stored()) {
            upgrades.put(before.text(), new Upgrade(old.id(), before.text(), digest));
        }
        return verdict;
    }

    private Verdict verdict(Entry entry) {
        if (entry.revoked()) {
            return new Refused(Reason.REVOKED);
        }
        long now = clock.epochMillis();
        if (entry.untilMillis() != null && now >= entry.untilMillis()) {
            return new Refused(Reason.EXPIRED);
        }
        entry.use().at(now);
        return new Known(entry.caller());
    }
}

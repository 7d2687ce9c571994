package dev.tierway.application.keys;

import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.port.in.Authenticate;
import dev.tierway.application.port.in.KeyStatus;
import dev.tierway.application.port.in.ManageKeys;
import dev.tierway.application.port.out.ApiKeyStore;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.KeySecret;
import dev.tierway.application.port.out.NumberedKey;
import dev.tierway.application.port.out.SecretHash;
import dev.tierway.application.port.out.SecretSource;
import dev.tierway.application.port.out.StoredKey;
import dev.tierway.application.port.out.WallClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is done to API keys: written to the trail and stored first, then in force, then acknowledged. */
public final class KeyService implements ManageKeys {
    private static final String CREATED = "created";
    private static final String ROTATED = "rotated";
    private static final String REVOKED = "revoked";

    private final ApiKeyStore store;
    private final AuditLog audit;
    private final SecretHash hash;
    private final WallClock clock;
    private final Standing standing;
    private final KeyMaker maker;
    private final KeyRing ring;
    private final KeyBook book;
    private final KeyNews news;

    /**
     * What holds for all keys of this instance.
     *
     * @param instance its name, in the audit trail
     * @param cannotStore why keys can't be stored, in a sentence that says what to do; null: they can
     * @param remarks what whoever makes a key should know, in sentences
     */
    public record Standing(String instance, @Nullable String cannotStore, List<String> remarks) {}

    public KeyService(
            ApiKeyStore store,
            AuditLog audit,
            SecretHash hash,
            SecretSource source,
            KeyNews news,
            WallClock clock,
            Standing standing) {
        this.store = store;
        this.audit = audit;
        this.hash = hash;
        this.clock = clock;
        this.standing = standing;
        this.maker = new KeyMaker(source, hash);
        this.ring = new KeyRing(hash, clock);
        this.book = new KeyBook(ring, hash);
        this.news = news;
    }

    /** Whose key a secret is. */
    public Authenticate authenticate() {
        return ring;
    }

    /** How many keys are known. */
    public int size() {
        return book.declared().size() + book.stored().size();
    }

    /** Takes the configuration's keys in place of those it had before. */
    public void declare(List<DeclaredKey> keys) {
        book.prepare(keys).run();
    }

    /** As {@link #declare}, once what is returned is run, which takes no time. */
    public Runnable prepare(List<DeclaredKey> keys) {
        return book.prepare(keys);
    }

    /** Learns what was stored before this instance started: no news, unless it can't be used here. */
    public CompletionStage<@Nullable Void> load() {
        return store.after(0)
                .thenAccept(learned ->
                        book.take(learned).stream().filter(book::unusable).forEach(news::unusable));
    }

    /** Learns what was done meanwhile, here or elsewhere. Never fails: listeners hear of a store that does. */
    public CompletionStage<@Nullable Void> refresh() {
        return learn().handle((done, error) -> {
            if (error == null) {
                news.storeUp();
            } else {
                news.storeDown(error);
            }
            return null;
        });
    }

    private CompletionStage<@Nullable Void> learn() {
        return store.after(book.seen()).thenAccept(learned -> {
            for (StoredKey key : book.take(learned)) {
                news.changed(key);
                if (book.unusable(key)) {
                    news.unusable(key);
                }
            }
        });
    }

    /** Stores when keys were last used here. */
    public CompletionStage<@Nullable Void> storeUses() {
        return new KeyUpkeep(store, ring, book).storeUses();
    }

    /** Gives secrets that were used their digest under the pepper in force, so that the one before can go. */
    public CompletionStage<@Nullable Void> upgrade() {
        return new KeyUpkeep(store, ring, book).upgrade();
    }

    @Override
    public CompletionStage<KeyReceipt> create(NewKey key) {
        KeyChecks.require(key);
        requireStorable();
        requireNew(key.secret());
        return learn().thenCompose(known -> {
                    if (book.declared().containsKey(key.id()) || book.stored(key.id()) != null) {
                        throw KeyChecks.invalid("id: there is, or was, a key '" + key.id()
                                + "', and ids are never given again; choose another");
                    }
                    long now = clock.epochMillis();
                    KeyMaker.Made made = maker.make(key.secret());
                    Long end =
                            key.lasting() == null ? null : now + key.lasting().toMillis();
                    StoredKey born = new StoredKey(
                            key.id(), key.grant(), List.of(made.kept()), key.author(), key.note(), now, end, null);
                    return changed(born, 0, CREATED, key.author(), key.note(), end)
                            .thenApply(status -> new KeyReceipt(status, made.drawn(), standing.remarks()));
                })
                .exceptionally(error -> {
                    throw told(error);
                });
    }

    @Override
    public CompletionStage<KeyReceipt> rotate(String id, @Nullable String secret, Duration overlap, String author) {
        KeyChecks.requireSecret(secret);
        KeyChecks.requireAuthor(author);
        if (!overlap.isZero()) {
            KeyChecks.requireSpan("overlap", overlap);
        }
        requireStorable();
        requireNew(secret);
        return learn().thenCompose(known -> {
                    NumberedKey old = living(id);
                    long now = clock.epochMillis();
                    KeyMaker.Made made = maker.make(secret);
                    List<KeySecret> secrets = new ArrayList<>();
                    for (KeySecret one : old.key().secrets()) {
                        KeySecret ending = one.until(now + overlap.toMillis());
                        if (ending.untilEpochMillis() != null && ending.untilEpochMillis() > now) {
                            secrets.add(ending);
                        }
                    }
                    secrets.add(made.kept());
                    return changed(old.key().withSecrets(secrets), old.number(), ROTATED, author, null, null)
                            .thenApply(status -> new KeyReceipt(status, made.drawn(), standing.remarks()));
                })
                .exceptionally(error -> {
                    throw told(error);
                });
    }

    @Override
    public CompletionStage<KeyStatus> revoke(String id, @Nullable String reason, String author) {
        KeyChecks.requireReason(reason);
        KeyChecks.requireAuthor(author);
        return learn().thenCompose(known -> {
                    NumberedKey old = living(id);
                    StoredKey revoked = old.key().revoked(clock.epochMillis());
                    return changed(revoked, old.number(), REVOKED, author, reason, null);
                })
                .exceptionally(error -> {
                    throw told(error);
                });
    }

    private void requireStorable() {
        if (standing.cannotStore() != null) {
            throw KeyChecks.invalid(standing.cannotStore());
        }
    }

    /** A secret that opens two keys would open the one or the other. */
    private void requireNew(@Nullable String brought) {
        if (brought == null) {
            return;
        }
        SecretHash.Digest before = hash.before(brought);
        if (ring.knows(hash.of(brought)) || (before != null && ring.knows(before))) {
            throw KeyChecks.invalid("secret: another key has it already");
        }
    }

    private NumberedKey living(String id) {
        if (book.declared().containsKey(id)) {
            throw KeyChecks.invalid("id: key '" + id + "' is one of the configuration's: change it there");
        }
        NumberedKey known = book.stored(id);
        if (known == null) {
            throw KeyChecks.invalid("id: there is no key '" + id + "'; GET /admin/keys lists them");
        }
        if (known.key().revokedEpochMillis() != null) {
            throw KeyChecks.invalid("id: key '" + id + "' is revoked, for ever; make another");
        }
        Long end = known.key().expiresEpochMillis();
        if (end != null && end <= clock.epochMillis()) {
            throw KeyChecks.invalid("id: key '" + id + "' has expired; make another");
        }
        return known;
    }

    /** The trail first: nothing is ever in force without its entry. */
    private CompletionStage<KeyStatus> changed(
            StoredKey key, long was, String what, String author, @Nullable String reason, @Nullable Long until) {
        news.givenHere(key);
        AuditEntry entry = new AuditEntry(
                clock.epochMillis(), standing.instance(), author, "key", what, "key", key.id(), reason, until);
        return audit.append(entry)
                .thenCompose(written -> store.put(key, was))
                .thenCompose(number -> learn().thenAccept(learned -> {
                    if (number.isEmpty()) {
                        throw KeyChecks.invalid(
                                "id: somebody changed key '" + key.id() + "' just now: look, and try again");
                    }
                }))
                .thenApply(done -> status(key, null))
                .whenComplete((done, error) -> {
                    if (error != null) {
                        news.notGiven(key);
                    }
                });
    }

    /** What the caller did wrong stays so; everything else is the storage's fault. */
    private static RuntimeException told(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof TierwayException known) {
            return known;
        }
        OverloadedException told = new OverloadedException(new Details(
                "The storage didn't confirm this, so it may not survive a restart or reach other instances; it may"
                        + " still come into force. See GET /admin/keys, and try again.",
                503,
                "store_unavailable",
                true,
                null,
                null));
        told.initCause(cause);
        return told;
    }

    @Override
    public CompletionStage<List<KeyStatus>> keys() {
        return store.lastUses().thenApply(uses -> {
            long now = clock.epochMillis();
            List<KeyStatus> all = new ArrayList<>();
            book.declared().values().forEach(key -> all.add(KeyWords.of(key, now, lastUse(key.id(), uses))));
            book.stored().forEach(key -> all.add(status(key, lastUse(key.id(), uses))));
            all.sort(Comparator.comparing(KeyStatus::id));
            return all;
        });
    }

    private @Nullable Long lastUse(String id, Map<String, Long> stored) {
        long here = ring.use(id).lastMillis();
        Long there = stored.get(id);
        long last = there == null ? here : Math.max(here, there);
        return last == 0 ? null : (Long) last;
    }

    private KeyStatus status(StoredKey key, @Nullable Long lastUsed) {
        long now = clock.epochMillis();
        Long end = key.expiresEpochMillis();
        String state = key.revokedEpochMillis() != null
                ? REVOKED
                : book.declared().containsKey(key.id())
                        ? "shadowed"
                        : end != null && end <= now ? "expired" : book.unusable(key) ? "unusable" : "active";
        return KeyWords.of(key, state, now, lastUsed);
    }
}

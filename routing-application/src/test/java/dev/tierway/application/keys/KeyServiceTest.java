package dev.tierway.application.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.access.Grant;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.port.in.Authenticate;
import dev.tierway.application.port.in.Authenticate.Known;
import dev.tierway.application.port.in.Authenticate.Reason;
import dev.tierway.application.port.in.Authenticate.Refused;
import dev.tierway.application.port.in.KeyStatus;
import dev.tierway.application.port.in.ManageKeys.KeyReceipt;
import dev.tierway.application.port.in.ManageKeys.NewKey;
import dev.tierway.application.port.out.KeyListener;
import dev.tierway.application.port.out.StoredKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys: made, known, renewed and taken away; learned by the others. */
class KeyServiceTest {
    private static final long EPOCH = 1_700_000_000_000L;

    private final FakeKeyStore store = new FakeKeyStore();
    private long wallMillis = EPOCH;
    private byte drawn;
    private final Instance one = new Instance("gw-1", new FakeHash("p1", null), null);

    /** One gateway with what its listener heard. */
    private final class Instance implements KeyListener {
        private final List<String> heard = new ArrayList<>();
        private final KeyService service;

        private Instance(String name, FakeHash hash, @Nullable String cannotStore) {
            service = new KeyService(
                    store,
                    store,
                    hash,
                    count -> {
                        byte[] bytes = new byte[count];
                        bytes[0] = ++drawn;
                        return bytes;
                    },
                    new KeyNews(List.of(this)),
                    () -> wallMillis,
                    new KeyService.Standing(name, cannotStore, List.of("mind this")));
        }

        @Override
        public void changed(StoredKey key, boolean here) {
            heard.add(key.id() + (here ? " here" : " elsewhere"));
        }

        @Override
        public void unusable(StoredKey key) {
            heard.add(key.id() + " unusable");
        }

        @Override
        public void storeDown(Throwable why) {
            heard.add("down: " + why.getMessage());
        }

        @Override
        public void storeUp() {
            heard.add("up");
        }

        Authenticate.Verdict verdict(String secret) {
            return service.authenticate().verdict(secret);
        }

        KeyReceipt create(String id) {
            return now(service.create(fresh(id, null)));
        }
    }

    private static NewKey fresh(String id, @Nullable String secret) {
        return new NewKey(id, secret, Grant.of(KeyScope.CALL, KeyScope.READ), null, null, "ann");
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Throwable failure(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException failed) {
            return failed.getCause();
        }
        throw new AssertionError("it worked");
    }

    private static String idOf(Authenticate.Verdict verdict) {
        return verdict instanceof Known(var caller) ? String.valueOf(caller.key()) : verdict.toString();
    }

    @Test
    void a_new_key_opens_at_once_and_its_secret_is_kept_nowhere() {
        KeyReceipt receipt = one.create("team");
        String secret = receipt.secret();

        assertThat(secret).startsWith("sk-tw-").hasSize("sk-tw-".length() + 43);
        assertThat(one.verdict(secret)).isInstanceOf(Known.class);
        assertThat(idOf(one.verdict(secret))).isEqualTo("team");
        assertThat(receipt.warnings()).containsExactly("mind this");
        assertThat(receipt.key().state()).isEqualTo("active");
        assertThat(receipt.key().scopes()).containsExactly("call", "read");
        assertThat(store.everything()).doesNotContain(secret).doesNotContain(secret.substring(6, 30));
        assertThat(receipt.toString()).doesNotContain(secret);
        assertThat(store.trail()).containsExactly("ann created key team at gw-1");
        assertThat(one.heard).containsExactly("team here");
    }

    @Test
    void no_two_keys_have_the_same_secret() {
        assertThat(one.create("a").secret()).isNotEqualTo(one.create("b").secret());
        now(one.service.create(fresh("c", "an-old-secret-of-ours")));

        assertThatThrownBy(() -> one.service.create(fresh("d", "an-old-secret-of-ours")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("another key has it")
                .hasMessageNotContaining("an-old-secret");
    }

    @Test
    void a_secret_that_was_brought_along_opens_and_is_shown_nowhere() {
        KeyReceipt receipt = now(one.service.create(fresh("team", "an-old-secret-of-ours")));

        assertThat(receipt.secret()).isNull();
        assertThat(receipt.key().secrets()).singleElement().matches(secret -> secret.hint() == null);
        assertThat(idOf(one.verdict("an-old-secret-of-ours"))).isEqualTo("team");
    }

    @Test
    void what_is_no_key_opens_nothing() {
        String secret = one.create("team").secret();

        assertThat(one.verdict(secret + "x")).isEqualTo(new Refused(Reason.UNKNOWN));
        assertThat(one.verdict(secret.substring(1))).isEqualTo(new Refused(Reason.UNKNOWN));
        assertThat(one.verdict("")).isEqualTo(new Refused(Reason.UNKNOWN));
        assertThat(one.verdict("x".repeat(100_000))).isEqualTo(new Refused(Reason.UNKNOWN));
    }

    @Test
    void a_key_expires() {
        String secret = now(one.service.create(
                        new NewKey("team", null, Grant.of(KeyScope.CALL), Duration.ofDays(90), "for a trial", "ann")))
                .secret();
        wallMillis += Duration.ofDays(90).toMillis() - 1;
        assertThat(one.verdict(secret)).isInstanceOf(Known.class);
        wallMillis++;

        assertThat(one.verdict(secret)).isEqualTo(new Refused(Reason.EXPIRED));
        assertThat(now(one.service.keys()))
                .singleElement()
                .matches(key -> key.state().equals("expired"));
        assertThat(failure(one.service.rotate("team", null, Duration.ZERO, "ann")))
                .hasMessageContaining("has expired");
    }

    @Test
    void a_rotated_key_opens_with_both_secrets_until_the_overlap_is_over() {
        String old = one.create("team").secret();
        String fresh = now(one.service.rotate("team", null, Duration.ofHours(24), "bob"))
                .secret();

        assertThat(idOf(one.verdict(old))).isEqualTo("team");
        assertThat(idOf(one.verdict(fresh))).isEqualTo("team");
        wallMillis += Duration.ofHours(24).toMillis();
        assertThat(one.verdict(old)).isEqualTo(new Refused(Reason.EXPIRED));
        assertThat(idOf(one.verdict(fresh))).isEqualTo("team");
        assertThat(now(one.service.keys()).getFirst().secrets())
                .as("what still works")
                .hasSize(1);
        assertThat(store.trail()).contains("bob rotated key team at gw-1");
    }

    @Test
    void without_overlap_the_old_secret_ends_at_once() {
        String old = one.create("team").secret();
        String fresh =
                now(one.service.rotate("team", null, Duration.ZERO, "bob")).secret();

        assertThat(one.verdict(old)).isEqualTo(new Refused(Reason.UNKNOWN));
        assertThat(idOf(one.verdict(fresh))).isEqualTo("team");
    }

    @Test
    void a_revoked_key_is_refused_for_ever_and_its_id_is_never_given_again() {
        String secret = one.create("team").secret();
        KeyStatus revoked = now(one.service.revoke("team", "leaked", "bob"));

        assertThat(revoked.state()).isEqualTo("revoked");
        assertThat(one.verdict(secret)).isEqualTo(new Refused(Reason.REVOKED));
        assertThat(failure(one.service.create(fresh("team", null)))).hasMessageContaining("never given again");
        assertThat(failure(one.service.rotate("team", null, Duration.ZERO, "ann")))
                .hasMessageContaining("is revoked");
        assertThat(failure(one.service.revoke("team", null, "ann"))).hasMessageContaining("is revoked");
    }

    @Test
    void other_instances_learn_of_it_and_a_new_one_knows_from_the_start() {
        Instance other = new Instance("gw-2", new FakeHash("p1", null), null);
        String secret = one.create("team").secret();
        assertThat(other.verdict(secret)).isEqualTo(new Refused(Reason.UNKNOWN));
        now(other.service.refresh());
        assertThat(idOf(other.verdict(secret))).isEqualTo("team");

        now(other.service.revoke("team", null, "ann"));
        assertThat(idOf(one.verdict(secret))).as("not learned yet").isEqualTo("team");
        now(one.service.refresh());
        assertThat(one.verdict(secret)).isEqualTo(new Refused(Reason.REVOKED));
        assertThat(other.heard).containsExactly("team elsewhere", "team here");

        Instance third = new Instance("gw-3", new FakeHash("p1", null), null);
        now(third.service.load());
        assertThat(third.verdict(secret)).isEqualTo(new Refused(Reason.REVOKED));
        assertThat(third.heard).as("no news").isEmpty();
    }

    @Test
    void a_change_that_crosses_another_ones_is_refused_not_lost() {
        Instance other = new Instance("gw-2", new FakeHash("p1", null), null);
        one.create("team");
        now(other.service.refresh());
        store.beforePut(() -> now(other.service.revoke("team", null, "ann")));

        assertThat(failure(one.service.rotate("team", null, Duration.ZERO, "bob")))
                .hasMessageContaining("somebody changed key 'team' just now");
        assertThat(now(one.service.keys()).getFirst().state()).isEqualTo("revoked");
    }

    @Test
    void the_configurations_keys_open_beside_stored_ones_and_are_changed_there_only() {
        DeclaredKey declared = new DeclaredKey("ci", "a-secret-of-the-file", Grant.of(KeyScope.CALL), null);
        one.service.declare(List.of(declared));

        assertThat(idOf(one.verdict("a-secret-of-the-file"))).isEqualTo("ci");
        assertThat(failure(one.service.create(fresh("ci", null)))).hasMessageContaining("there is, or was, a key 'ci'");
        assertThat(failure(one.service.revoke("ci", null, "ann"))).hasMessageContaining("change it there");
        assertThat(now(one.service.keys()))
                .singleElement()
                .matches(key -> key.origin().equals("configured"));
        assertThat(declared.toString()).doesNotContain("a-secret");

        one.service.declare(List.of());
        assertThat(one.verdict("a-secret-of-the-file"))
                .as("another configuration")
                .isEqualTo(new Refused(Reason.UNKNOWN));
    }

    @Test
    void a_configured_key_takes_the_place_of_a_stored_one_of_its_id_until_it_goes() {
        String stored = one.create("ci").secret();
        one.service.declare(List.of(new DeclaredKey("ci", "a-secret-of-the-file", Grant.of(KeyScope.CALL), null)));

        assertThat(now(one.service.keys())).extracting(KeyStatus::state).containsExactly("active", "shadowed");
        assertThat(one.verdict(stored)).isEqualTo(new Refused(Reason.UNKNOWN));
        one.service.declare(List.of());
        assertThat(idOf(one.verdict(stored))).isEqualTo("ci");
    }

    @Test
    void while_the_pepper_is_rotated_old_digests_work_and_are_renewed_when_used() {
        String secret = one.create("team").secret();
        String unused = one.create("sleeper").secret();
        Instance rotated = new Instance("gw-2", new FakeHash("p2", "p1"), null);
        now(rotated.service.load());
        assertThat(idOf(rotated.verdict(secret))).isEqualTo("team");
        now(rotated.service.upgrade());
        now(rotated.service.refresh());

        Instance later = new Instance("gw-3", new FakeHash("p2", null), null);
        now(later.service.load());
        assertThat(idOf(later.verdict(secret))).isEqualTo("team");
        assertThat(later.verdict(unused)).isEqualTo(new Refused(Reason.UNKNOWN));
        assertThat(later.heard).containsExactly("sleeper unusable");
        assertThat(now(later.service.keys())).extracting(KeyStatus::state).containsExactly("unusable", "active");
    }

    @Test
    void last_uses_are_kept_for_all_instances() {
        String secret = one.create("team").secret();
        assertThat(now(one.service.keys()).getFirst().lastUsed()).isNull();
        one.verdict(secret);
        now(one.service.storeUses());
        assertThat(store.uses()).isEqualTo(1);
        now(one.service.storeUses());
        assertThat(store.uses()).as("nothing new").isEqualTo(1);

        Instance other = new Instance("gw-2", new FakeHash("p1", null), null);
        now(other.service.load());
        assertThat(now(other.service.keys()).getFirst().lastUsed()).isEqualTo("2023-11-14T22:13:20Z");
    }

    @Test
    void while_the_storage_is_away_known_keys_open_and_changes_are_refused_with_words() {
        String secret = one.create("team").secret();
        store.breakWith(new IllegalStateException("gone"));

        assertThat(failure(one.service.revoke("team", null, "ann")))
                .isInstanceOf(OverloadedException.class)
                .hasMessageContaining("may still come into force");
        now(one.service.refresh());
        now(one.service.refresh());
        assertThat(idOf(one.verdict(secret))).isEqualTo("team");
        store.breakWith(null);
        now(one.service.refresh());
        assertThat(one.heard).containsExactly("team here", "down: gone", "up");
    }

    @Test
    void where_keys_cannot_be_stored_it_says_why() {
        Instance bare = new Instance("gw-2", new FakeHash("p1", null), "set auth.pepper");

        assertThatThrownBy(() -> bare.service.create(fresh("team", null))).hasMessage("set auth.pepper");
        assertThatThrownBy(() -> bare.service.rotate("team", null, Duration.ZERO, "ann"))
                .hasMessage("set auth.pepper");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Team", "a b", "a/b", "-a", "ä"})
    void an_id_is_plain(String id) {
        assertThatThrownBy(() -> one.service.create(fresh(id, null))).hasMessageStartingWith("id: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"short", "with a blank in it 1234", "with-a-\u0001-control-character", "with-ümlauts-in-it-1234"
            })
    void a_secret_is_what_a_header_can_carry(String secret) {
        assertThatThrownBy(() -> one.service.create(fresh("team", secret)))
                .hasMessageStartingWith("secret: ")
                .hasMessageNotContaining(secret);
    }

    @Test
    void a_key_is_for_something_and_somebody_made_it() {
        assertThatThrownBy(() -> one.service.create(new NewKey("team", null, Grant.of(), null, null, "ann")))
                .hasMessageStartingWith("scopes: ");
        assertThatThrownBy(() -> one.service.create(new NewKey("team", null, Grant.ALL, null, null, " ")))
                .hasMessageStartingWith("author: ");
        assertThatThrownBy(() -> one.service.create(new NewKey("team", null, Grant.ALL, Duration.ZERO, null, "ann")))
                .hasMessageStartingWith("expires: ");
        assertThatThrownBy(() -> one.service.create(new NewKey("team", null, Grant.ALL, null, "a\nb", "ann")))
                .hasMessageStartingWith("note: ");
        assertThat(failure(one.service.revoke("nobody", null, "ann"))).hasMessageContaining("no key 'nobody'");
    }
}

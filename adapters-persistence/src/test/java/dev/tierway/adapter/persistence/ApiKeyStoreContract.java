package dev.tierway.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.access.FixedValues;
import dev.tierway.application.access.Grant;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.access.LimitNames;
import dev.tierway.application.port.out.ApiKeyStore;
import dev.tierway.application.port.out.KeySecret;
import dev.tierway.application.port.out.NumberedKey;
import dev.tierway.application.port.out.StoredKey;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.routing.Allowed;
import dev.tierway.domain.routing.Constraints;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every storage of API keys promises. */
public interface ApiKeyStoreContract {
    ApiKeyStore keys();

    static StoredKey key(String id) {
        return new StoredKey(
                id,
                Grant.of(KeyScope.CALL),
                List.of(new KeySecret("digest of " + id, "p1", null, null)),
                "ann",
                null,
                1000,
                null,
                null);
    }

    /** Everything a key can have. */
    static StoredKey full() {
        Grant grant = new Grant(
                EnumSet.allOf(KeyScope.class),
                new Allowed(
                        List.of(ModelTier.MICRO, ModelTier.MID),
                        List.of("m", "n"),
                        List.of("p/m"),
                        List.of("eu \"遅い\"")),
                new FixedValues(
                        Constraints.Local.REQUIRED, "agent", "flow", "user", Map.of("team", "search", "a.b", "/x")),
                List.of(LimitNames.limit("requests-per-minute", 600), LimitNames.limit("concurrency", 3)));
        return new StoredKey(
                "full",
                grant,
                List.of(new KeySecret("one", "p1", "…abcd", 2000L), new KeySecret("two", "p2", null, null)),
                "ann",
                "it's for search; \"very\" – 遅い",
                1000,
                9_000_000_000_000L,
                3000L);
    }

    private long put(StoredKey key, long was) {
        return Answers.of(keys().put(key, was)).orElseThrow();
    }

    @Test
    default void keys_come_back_as_they_were_ascending() {
        long first = put(full(), 0);
        long second = put(key("b"), 0);

        assertThat(second).isGreaterThan(first);
        assertThat(first).isPositive();
        assertThat(Answers.of(keys().after(0)))
                .containsExactly(new NumberedKey(first, full()), new NumberedKey(second, key("b")));
        assertThat(Answers.of(keys().after(first))).containsExactly(new NumberedKey(second, key("b")));
        assertThat(Answers.of(keys().after(second))).isEmpty();
    }

    @Test
    default void a_change_takes_the_place_of_what_it_was_made_from_and_gets_a_higher_number() {
        long born = put(key("a"), 0);
        put(key("b"), 0);
        StoredKey revoked = key("a").revoked(5000);
        long changed = put(revoked, born);

        assertThat(Answers.of(keys().after(born))).extracting(NumberedKey::key).containsExactly(key("b"), revoked);
        assertThat(Answers.of(keys().after(0)))
                .hasSize(2)
                .extracting(NumberedKey::number)
                .contains(changed);
    }

    @Test
    default void what_somebody_else_changed_meanwhile_is_not_overwritten() {
        long born = put(key("a"), 0);
        put(key("a").revoked(5000), born);

        assertThat(Answers.of(keys().put(key("a").withSecrets(List.of()), born)))
                .as("a rotation that didn't see the revocation")
                .isEmpty();
        assertThat(Answers.of(keys().put(full(), 17)))
                .as("of a key that isn't there")
                .isEmpty();
        assertThat(Answers.of(keys().after(0))).extracting(NumberedKey::key).containsExactly(key("a").revoked(5000));
    }

    @Test
    default void an_id_is_given_once() {
        put(key("a"), 0);

        assertThat(Answers.of(keys().put(key("a").revoked(1), 0))).isEmpty();
    }

    @Test
    default void of_those_who_make_the_same_key_at_once_one_wins() {
        Set<Integer> won = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int n = 0; n < 40; n++) {
                int one = n;
                threads.execute(() -> {
                    StoredKey key = new StoredKey(
                            "k" + one % 10, Grant.of(), List.of(), "author " + one, null, one, null, null);
                    if (Answers.of(keys().put(key, 0)).isPresent()) {
                        won.add(one);
                    }
                });
            }
        }

        assertThat(won).hasSize(10);
        assertThat(Answers.of(keys().after(0)))
                .hasSize(10)
                .extracting(NumberedKey::number)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    default void of_last_uses_the_latest_is_kept() {
        assertThat(Answers.of(keys().lastUses())).isEmpty();
        Answers.of(keys().used(Map.of("a", 100L, "b", 50L)));
        Answers.of(keys().used(Map.of("a", 90L, "b", 60L)));

        assertThat(Answers.of(keys().lastUses())).isEqualTo(Map.of("a", 100L, "b", 60L));
    }
}

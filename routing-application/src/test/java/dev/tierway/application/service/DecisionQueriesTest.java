package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.application.access.Caller;
import dev.tierway.application.access.Grant;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.error.ForbiddenException;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.domain.call.Selection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose decisions a caller may look up, and how much of them. */
class DecisionQueriesTest {
    private static final DecisionLog.Query ALL =
            new DecisionLog.Query(null, null, null, null, null, null, null, null, 10, null);
    private static final DecisionDocument OURS = new DecisionDocument(Map.of(
            "id", "dec_1",
            "key", "team",
            "summary", "a/m answered",
            "outcome", Map.of("status", "delivered", "replica", "a/m", "cost_usd", "1", "model", "m"),
            "rounds", List.of("facts")));

    private final FakeLog log = new FakeLog();
    private final DecisionQueries queries = new DecisionQueries(log);

    /** One decision, and what was asked. */
    private static final class FakeLog implements DecisionLog {
        private @Nullable Query asked;

        @Override
        public void append(Selection selection) {
            throw new AssertionError("nothing is decided here");
        }

        @Override
        public CompletionStage<Optional<DecisionDocument>> find(String id, boolean replay) {
            return CompletableFuture.completedStage(Optional.of(OURS));
        }

        @Override
        public CompletionStage<Page> find(Query query) {
            asked = query;
            return CompletableFuture.completedStage(new Page(List.of(OURS), null));
        }

        @Override
        public void close() {
            throw new AssertionError("nobody closes it");
        }
    }

    private static Caller caller(String key, KeyScope... scopes) {
        return new Caller(key, Grant.of(scopes));
    }

    private Optional<DecisionDocument> one(Caller caller) {
        return queries.decision(caller, "dec_1", false).toCompletableFuture().join();
    }

    @Test
    void a_key_sees_its_own_decision_and_of_others_not_even_that_there_is_one() {
        assertThat(one(caller("team", KeyScope.READ, KeyScope.EXPLAIN))).contains(OURS);
        assertThat(one(caller("other", KeyScope.READ, KeyScope.EXPLAIN))).isEmpty();
        assertThat(one(caller("root", KeyScope.ADMIN))).contains(OURS);
        assertThat(one(Caller.ANYONE)).contains(OURS);
    }

    @Test
    void a_list_is_of_its_own_unless_it_is_an_operators() {
        queries.decisions(caller("team", KeyScope.READ), ALL);
        assertThat(log.asked).isEqualTo(ALL.ofKey("team"));
        queries.decisions(caller("root", KeyScope.ADMIN), ALL);
        assertThat(log.asked).isEqualTo(ALL);
        queries.decisions(Caller.ANYONE, ALL);
        assertThat(log.asked).isEqualTo(ALL);
    }

    @Test
    void without_explain_it_sees_nothing_that_callers_share() {
        Map<String, ?> seen = one(caller("team", KeyScope.READ)).orElseThrow().json();

        assertThat(seen.keySet()).isEqualTo(Set.of("id", "key", "outcome"));
        assertThat(seen.get("outcome")).isEqualTo(Map.of("status", "delivered", "model", "m"));
        assertThat(queries.decisions(caller("team", KeyScope.READ), ALL)
                        .toCompletableFuture()
                        .join()
                        .data()
                        .getFirst()
                        .json())
                .isEqualTo(seen);
    }

    @Test
    void without_read_it_sees_none_and_without_explain_no_record() {
        assertThatThrownBy(() -> queries.decision(caller("team", KeyScope.CALL), "dec_1", false))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> queries.decisions(caller("team", KeyScope.CALL), ALL))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> queries.decision(caller("team", KeyScope.READ), "dec_1", true))
                .isInstanceOf(ForbiddenException.class);
    }
}

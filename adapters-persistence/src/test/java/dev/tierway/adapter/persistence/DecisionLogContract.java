package dev.tierway.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.DecisionLog.Page;
import dev.tierway.application.port.out.DecisionLog.Query;
import dev.tierway.application.replay.Replay;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.failure.FailureClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every decision log promises, as long as there is room in its memory. */
public interface DecisionLogContract {
    DecisionLog log();

    @Test
    default void a_decision_is_found_by_its_id_with_its_whole_document() {
        Selection selection = Decisions.named("dec_1").agent("a").spilled();
        log().append(selection);

        assertThat(Answers.of(log().find("dec_1", false))).contains(DecisionExplainer.document(selection));
        assertThat(Answers.of(log().find("dec_2", false))).isEmpty();
    }

    @Test
    default void a_decision_can_be_made_again_from_what_is_kept() {
        log().append(Decisions.named("dec_1").spilled());

        DecisionDocument plain = Answers.of(log().find("dec_1", false)).orElseThrow();
        DecisionDocument whole = Answers.of(log().find("dec_1", true)).orElseThrow();

        assertThat(plain.json()).doesNotContainKey("replay");
        assertThat(Replay.of(whole.json()).rounds()).hasSize(2);
        assertThat(Answers.of(log().find(Queries.newest(1))).data().getFirst().json())
                .doesNotContainKey("replay");
    }

    @Test
    default void decisions_come_newest_first() {
        append("dec_1", "dec_2", "dec_3");

        assertThat(ids(Queries.newest(10))).containsExactly("dec_3", "dec_2", "dec_1");
    }

    @Test
    default void pages_follow_each_other_without_gap_or_repetition() {
        append("dec_1", "dec_2", "dec_3", "dec_4", "dec_5");

        List<List<String>> pages = new ArrayList<>();
        String cursor = null;
        do {
            Page page = Answers.of(log().find(Queries.after(cursor, 2)));
            pages.add(Decisions.ids(page.data()));
            cursor = page.nextCursor();
            append("later" + pages.size());
        } while (cursor != null);

        assertThat(pages).containsExactly(List.of("dec_5", "dec_4"), List.of("dec_3", "dec_2"), List.of("dec_1"));
    }

    @Test
    default void a_page_that_holds_the_rest_exactly_is_the_last() {
        append("dec_1", "dec_2");

        assertThat(Answers.of(log().find(Queries.newest(2))).nextCursor()).isNull();
    }

    @Test
    default void each_filter_finds_its_own() {
        log().append(Decisions.named("delivered").at(1000).agent("a").delivered());
        log().append(Decisions.named("spilled").at(2000).agent("b").spilled());
        log().append(Decisions.named("failed").at(3000).failed(FailureClass.RATE_LIMITED));
        log().append(Decisions.named("dry").at(4000).dryRun());

        assertThat(ids(Queries.status("delivered"))).containsExactly("spilled", "delivered");
        assertThat(ids(Queries.status("exhausted"))).containsExactly("failed");
        assertThat(ids(Queries.code("upstream_rate_limited"))).containsExactly("failed");
        assertThat(ids(Queries.replica(Decisions.EAST))).containsExactly("spilled");
        assertThat(ids(Queries.model("gpt-x"))).containsExactly("failed", "delivered");
        assertThat(ids(Queries.agent("b"))).containsExactly("spilled");
        assertThat(ids(Queries.agent("nobody"))).isEmpty();
        assertThat(ids(Queries.spilled(true))).containsExactly("spilled");
        assertThat(ids(Queries.spilled(false))).containsExactly("dry", "failed", "delivered");
        assertThat(ids(Queries.between(2000L, 4000L))).containsExactly("failed", "spilled");
        assertThat(ids(Queries.between(null, 1001L))).containsExactly("delivered");
    }

    @Test
    default void a_page_has_1_to_1000_decisions() {
        assertThat(Answers.failure(log().find(Queries.newest(0))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("limit must be 1 to 1000, not 0");
        assertThat(Answers.failure(log().find(Queries.newest(1001)))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    default void a_cursor_nobody_gave_is_refused_with_words() {
        assertThat(Answers.failure(log().find(Queries.after("what?", 10))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'what?' is not a cursor")
                .hasMessageContaining("next_cursor");
    }

    private void append(String... ids) {
        for (String id : ids) {
            log().append(Decisions.named(id).delivered());
        }
    }

    private List<String> ids(Query query) {
        return Decisions.ids(Answers.of(log().find(query)).data());
    }
}

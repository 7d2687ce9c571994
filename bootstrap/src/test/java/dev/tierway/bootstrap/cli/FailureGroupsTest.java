package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.Documents;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FailureGroupsTest {
    private static final String NOBODY = """
        {"id":"%s","at":"t","asked":{"address":"m"},"outcome":{"status":"refused","code":"%s","http_status":429},
         "rounds":[{"chose":null,"candidates":[
           {"verdict":"rejected","reasons":[{"code":"%s"},{"code":"at_capacity"}]},
           {"verdict":"rejected","reasons":[{"code":"circuit_open"}]}]}]}\
        """;
    private static final String SPENT = """
        {"id":"s","at":"t","asked":{"address":"m"},"outcome":{"status":"exhausted","code":"upstream_error","http_status":502},
         "rounds":[{"chose":"a","candidates":[{"verdict":"chosen"},{"verdict":"rejected","reasons":[{"code":"cooling_down"}]}],
                    "result":{"class":"rate_limited"}},
                   {"chose":"b","candidates":[],"result":{"class":"upstream_fault"}},
                   {"chose":null,"candidates":[{"verdict":"rejected","reasons":[{"code":"already_left"}]}],"result":null}]}\
        """;

    private static JsonNode nobody(String id, String code, String reason) {
        return Documents.parse(NOBODY.formatted(id, code, reason));
    }

    private static FailureGroups groups(boolean cut) {
        List<JsonNode> failed = new ArrayList<>(List.of(
                Documents.parse(SPENT),
                nobody("n1", "capacity_exhausted", "quota_exhausted"),
                nobody("n2", "no_healthy_replica", "circuit_open"),
                nobody("n3", "capacity_exhausted", "quota_exhausted"),
                nobody("n4", "capacity_exhausted", "cooling_down")));
        return new FailureGroups(failed, cut);
    }

    @Test
    void calls_are_grouped_by_code_and_first_refused_reason_the_most_first() {
        JsonNode documents = Documents.tree(groups(false).document());

        assertThat(documents).hasSize(4);
        assertThat(documents.path(0).path("calls").asInt()).isEqualTo(2);
        assertThat(documents.path(0).path("code").asText()).isEqualTo("capacity_exhausted");
        assertThat(documents.path(0).path("first_refused").asText()).isEqualTo("quota_exhausted");
        assertThat(documents.path(0).path("newest").asText()).isEqualTo("n1");
    }

    @Test
    void the_round_that_had_nobody_left_says_who_was_refused() {
        JsonNode spent = Documents.tree(groups(false).document()).path(1);

        assertThat(spent.path("code").asText()).isEqualTo("upstream_error");
        assertThat(spent.path("first_refused").asText()).isEqualTo("already_left");
        assertThat(spent.path("last_failure").asText()).isEqualTo("upstream_fault");
    }

    @Test
    void the_table_says_when_it_has_not_looked_at_all() {
        assertThat(groups(true).table("1h")).contains("Older ones weren't looked at");
        assertThat(groups(false).table("1h")).doesNotContain("Older").contains("runbook.md");
    }

    @Test
    void no_failure_is_a_sentence() {
        assertThat(new FailureGroups(List.of(), false).table("15m"))
                .isEqualTo("No decisions of calls that failed since 15m.\n");
    }
}

package dev.tierway.adapter.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.money.TokenUsage;
import org.junit.jupiter.api.Test;

class UsageTallyTest {
    private final UsageTally tally = new UsageTally(50);

    @Test
    void without_a_report_input_is_the_estimate_and_output_a_quarter_of_the_bytes() {
        text(9);
        assertThat(tally.total()).isEqualTo(TokenUsage.estimated(50, 3));
    }

    @Test
    void a_report_replaces_the_estimate_and_a_later_one_replaces_it() {
        text(400);
        report(TokenUsage.reported(7, 1));
        report(TokenUsage.reported(7, 90));
        assertThat(tally.total()).isEqualTo(TokenUsage.reported(7, 90));
    }

    @Test
    void a_report_of_no_output_for_an_answer_we_saw_is_not_believed() {
        text(8);
        report(TokenUsage.reported(7, 0));
        assertThat(tally.total()).isEqualTo(TokenUsage.estimated(50, 2));
    }

    @Test
    void of_nothing_nothing_is_known() {
        assertThat(tally.soFar()).isNull();
        text(1);
        assertThat(tally.soFar()).isEqualTo(TokenUsage.estimated(50, 1));
    }

    @Test
    void a_report_in_the_first_chunk_alone_tells_the_input_and_the_rest_is_counted() {
        report(new TokenUsage(70, 40, 0, 1, 0, TokenUsage.Counted.REPORTED));
        text(400);
        assertThat(tally.total()).isEqualTo(new TokenUsage(70, 40, 0, 100, 0, TokenUsage.Counted.ESTIMATED));
        assertThat(tally.soFar()).isEqualTo(tally.total());
    }

    @Test
    void a_running_total_is_only_as_good_as_the_text_it_knew_of() {
        text(40);
        report(TokenUsage.reported(7, 30));
        assertThat(tally.total()).isEqualTo(TokenUsage.reported(7, 30));
        text(4);
        assertThat(tally.total()).isEqualTo(TokenUsage.estimated(7, 30));
        report(TokenUsage.reported(7, 31));
        assertThat(tally.total()).isEqualTo(TokenUsage.reported(7, 31));
    }

    @Test
    void the_same_report_twice_counts_once() {
        text(40);
        report(TokenUsage.reported(7, 10));
        report(TokenUsage.reported(7, 10));
        assertThat(tally.total()).isEqualTo(TokenUsage.reported(7, 10));
    }

    @Test
    void a_report_that_was_not_believed_does_not_hide_the_one_before() {
        text(40);
        report(TokenUsage.reported(7, 10));
        tally.add(0, null);
        assertThat(tally.total()).isEqualTo(TokenUsage.reported(7, 10));
    }

    private void text(int characters) {
        tally.add(characters, null);
    }

    private void report(TokenUsage usage) {
        tally.add(0, usage);
    }
}

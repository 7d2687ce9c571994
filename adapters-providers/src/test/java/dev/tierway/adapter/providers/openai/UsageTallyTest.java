package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.money.TokenUsage;
import org.junit.jupiter.api.Test;

class UsageTallyTest {
    private final UsageTally tally = new UsageTally(50);

    @Test
    void without_a_report_input_is_the_estimate_and_output_a_quarter_of_the_characters() {
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

    private void text(int characters) {
        tally.add(new ChunkFacts(1, true, false, characters, false, null, false));
    }

    private void report(TokenUsage usage) {
        tally.add(new ChunkFacts(0, false, false, 0, true, usage, false));
    }
}

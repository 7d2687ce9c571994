package dev.tierway.bootstrap.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
    private final StringWriter printed = new StringWriter();
    private final AtomicLong millis = new AtomicLong(5_000);

    private ProgressBar bar(boolean terminal) {
        return new ProgressBar(new PrintWriter(printed), terminal, () -> TimeUnit.MILLISECONDS.toNanos(millis.get()));
    }

    private void done(ProgressBar bar, int after, int done) {
        millis.addAndGet(after);
        bar.done(done, 200);
    }

    @Test
    void on_a_terminal_a_bar_moves_ten_times_a_second_at_most_and_is_gone_in_the_end() {
        try (ProgressBar bar = bar(true)) {
            done(bar, 50, 1);
            done(bar, 40, 2);
            assertThat(printed.toString()).isEmpty();
            done(bar, 910, 50);
            assertThat(printed.toString())
                    .isEqualTo("\r\033[K  [#######.......................] 25 %  50 of 200 trials, 3 s left");
        }

        assertThat(printed.toString()).endsWith("\r\033[K").doesNotContain("\n");
    }

    @Test
    void elsewhere_a_line_is_told_now_and_then_and_none_of_a_short_run() {
        try (ProgressBar bar = bar(false)) {
            done(bar, 14_000, 10);
            assertThat(printed.toString()).isEmpty();
            done(bar, 6_000, 20);
            done(bar, 6_000, 30);
        }

        assertThat(printed.toString()).isEqualToNormalizingNewlines("tierway: 20 of 200 trials, 3 min 0 s left\n");
    }

    @Test
    void a_run_that_was_over_before_a_bar_was_drawn_leaves_no_trace() {
        bar(true).close();

        assertThat(printed.toString()).isEmpty();
    }
}

package dev.tierway.bootstrap.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextTableTest {
    @Test
    void columns_are_as_wide_as_their_widest_cell_and_numbers_end_together() {
        TextTable table =
                new TextTable("NAME", ">CALLS").row("a-long-name", "7").row("b", "1234");

        assertThat(table.render("  ")).isEqualTo("""
              NAME         CALLS
              a-long-name      7
              b             1234
            """);
    }

    @Test
    void a_remark_runs_on_over_the_columns_that_follow() {
        TextTable table =
                new TextTable("NAME", "STATE", ">CALLS").row("a", "ok", "1").row("b", "gone since Tuesday");

        assertThat(table.render("")).isEqualTo("""
            NAME  STATE  CALLS
            a     ok         1
            b     gone since Tuesday
            """);
    }

    @Test
    void a_long_remark_goes_on_below_itself() {
        TextTable table = new TextTable("NAME", "STATE", "CALLS")
                .row("b", "word ".repeat(30).strip());

        assertThat(table.render("").lines().skip(1))
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(98).matches("[b ]     word.*"));
    }
}

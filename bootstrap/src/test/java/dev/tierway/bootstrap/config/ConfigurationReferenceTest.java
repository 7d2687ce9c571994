package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ConfigurationReferenceTest {
    private static final String PAGE = "../docs/reference/configuration.md";
    private static final String BEGIN = "<!-- made from the code: do not edit below -->\n";

    @Test
    void the_reference_page_lists_exactly_the_keys_the_parser_knows() {
        String page = Committed.read(PAGE);
        int begin = page.indexOf(BEGIN);
        assertThat(begin).as("the marker after which the page is made").isPositive();

        Committed.assertUpToDate(
                PAGE,
                page.substring(0, begin + BEGIN.length()) + "\n"
                        + ReferenceWriter.write().strip() + "\n");
    }
}

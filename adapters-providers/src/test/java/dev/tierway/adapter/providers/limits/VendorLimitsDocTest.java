package dev.tierway.adapter.providers.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.http.RetryAfter;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** docs/reference/vendor-limits.md says what the code reads, row by row. */
class VendorLimitsDocTest {
    private static final List<String> VENDORS = List.of(
            "openai", "azure-openai", "anthropic", "gemini", "groq", "mistral", "cerebras", "openrouter", "other");

    @TestFactory
    Stream<DynamicTest> every_row_is_read_as_it_says() throws IOException {
        List<List<String>> rows = VendorLimitsPage.rows(VENDORS);
        assertThat(rows).hasSizeGreaterThan(30);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.get(0) + " " + row.get(1), () -> {
                    Vendor vendor = Vendor.valueOf(
                            row.getFirst().replace("`", "").replace('-', '_').toUpperCase(Locale.ROOT));
                    MultiMap headers = VendorLimitsPage.headers(VendorLimitsPage.quoted(row.get(1)));
                    assertThat(VendorLimitsPage.words(LimitHeaders.read(headers, vendor, VendorLimitsPage.NOW)))
                            .isEqualTo(row.get(2));
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_header_that_asks_for_patience_gets_it() throws IOException {
        return VendorLimitsPage.rows(List.of("header")).stream()
                .map(row -> DynamicTest.dynamicTest(row.get(1), () -> {
                    MultiMap headers = VendorLimitsPage.headers(VendorLimitsPage.quoted(row.get(1)));
                    assertThat(RetryAfter.millis(headers, VendorLimitsPage.NOW) + " ms")
                            .isEqualTo(row.get(2));
                }));
    }

    @Test
    void every_vendor_with_headers_has_a_row() throws IOException {
        assertThat(VendorLimitsPage.rows(VENDORS).stream()
                        .map(row -> row.getFirst().replace("`", "")))
                .containsAll(VENDORS);
        assertThat(Arrays.stream(Vendor.values())
                        .map(vendor -> vendor.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .filter(vendor -> !List.of("deepseek", "moonshot").contains(vendor)))
                .containsExactlyElementsOf(VENDORS);
    }
}

package dev.tierway.adapter.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SseSplitterProperties {
    @Property
    void packets_of_any_size_give_the_same_events(
            @ForAll("streams") String stream, @ForAll @IntRange(min = 1, max = 40) int size) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        assertThat(SseSplitterTest.split(bytes, size))
                .isEqualTo(SseSplitterTest.split(bytes, Math.max(1, bytes.length)));
    }

    @Property
    void any_bytes_are_survived(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 40) int size) {
        assertThat(SseSplitterTest.split(bytes, size)).hasSizeLessThanOrEqualTo(bytes.length);
    }

    @Provide
    Arbitrary<String> streams() {
        return Arbitraries.of(
                        "data: ",
                        "data",
                        ":",
                        "event: x",
                        "é",
                        "👋",
                        "{",
                        "\"",
                        " ",
                        "\n",
                        "\r",
                        "\r\n",
                        "\n\n",
                        "\r\n\r\n")
                .list()
                .ofMaxSize(30)
                .map(SseSplitterProperties::joined);
    }

    private static String joined(List<String> pieces) {
        return String.join("", pieces);
    }
}

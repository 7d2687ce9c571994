package dev.tierway.simulation.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.simulation.Arrival;
import dev.tierway.simulation.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TraceReaderTest {
    private static final String AZURE = "TIMESTAMP,ContextTokens,GeneratedTokens\n";
    private static final String MOONCAKE =
            "{\"timestamp\": 1500, \"input_length\": 6955, \"output_length\": 52, \"hash_ids\": [46, 47]}\n";

    @TempDir
    Path folder;

    private static Trace read(String text) throws IOException {
        return TraceReader.read("azure-code.csv", new BufferedReader(new StringReader(text)));
    }

    @Test
    void azures_csv_is_read_with_seven_digits_of_a_second_and_starts_at_zero() throws IOException {
        Trace trace = read(AZURE + "2023-11-16 18:17:03.9799600,4808,10\n2023-11-16 18:17:04.0319601,3180,8\n");

        assertThat(trace.name()).isEqualTo("azure-code");
        assertThat(trace.arrivals())
                .containsExactly(new Arrival(0, 4808, 10, List.of()), new Arrival(52_000_100, 3180, 8, List.of()));
    }

    @Test
    void windows_line_ends_blank_lines_and_a_missing_last_line_end_are_no_trouble() throws IOException {
        Trace trace = read("\uFEFF" + AZURE.replace("\n", "\r\n")
                + "2023-11-16 18:17:03,4808,10\r\n\r\n2023-11-16 18:17:04.5,3180,8\r\n\r\n");

        assertThat(trace.arrivals()).extracting(Arrival::atNanos).containsExactly(0L, 1_500_000_000L);
    }

    @Test
    void lines_out_of_order_are_put_into_order() throws IOException {
        Trace trace = read(AZURE + "2023-11-16 18:17:05,1,1\n2023-11-16 18:17:04,2,2\n2023-11-17 00:00:00,3,3\n");

        assertThat(trace.arrivals()).extracting(Arrival::inputTokens).containsExactly(2, 1, 3);
        assertThat(trace.arrivals().getFirst().atNanos()).isZero();
    }

    @Test
    void mooncakes_jsonl_is_read_with_its_prefix_blocks() throws IOException {
        Trace trace = read(MOONCAKE
                + "{\"output_length\": 5, \"timestamp\": 1502.5, \"input_length\": 7, \"turn\": {\"a\": [1]}}");

        assertThat(trace.arrivals())
                .containsExactly(new Arrival(0, 6955, 52, List.of(46L, 47L)), new Arrival(2_500_000, 7, 5, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2023-11-16 18:17:03,1,2,3 | 3 | has 4 columns",
                "2023-11-16 18:17:03,many,2 | 3 | ContextTokens 'many' is no whole number",
                "2023-11-16 18:17:03,1,-2 | 3 | GeneratedTokens is -2",
                "2023-11-16 18:17:03,1,2.5 | 3 | GeneratedTokens '2.5' is no whole number",
                "2023-11-16 18:17:03,1,100000001 | 3 | expected 0 to 100000000 tokens",
                "yesterday,1,2 | 3 | TIMESTAMP 'yesterday' is no time like 2023-11-16 18:17:03.9799600",
                "2023-02-30 18:17:03,1,2 | 3 | is no time like",
                "1523-02-03 18:17:03,1,2 | 3 | is not of this century",
            })
    void a_bad_line_of_csv_is_named_with_what_is_wrong(String line, int number, String told) {
        assertThatThrownBy(() -> read(AZURE + "2023-11-16 18:17:03,1,2\n" + line + "\n"))
                .isInstanceOf(TraceException.class)
                .hasMessageStartingWith("azure-code.csv:" + number + ": ")
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"timestamp\": 1, \"input_length\": 2} | lacks output_length",
                "{\"input_length\": 2, \"output_length\": 2} | lacks timestamp",
                "{\"timestamp\": \"1\", \"input_length\": 2, \"output_length\": 2} | timestamp is 1; expected milli",
                "{\"timestamp\": -1, \"input_length\": 2, \"output_length\": 2} | timestamp is -1",
                "{\"timestamp\": 1, \"input_length\": null, \"output_length\": 2} | input_length 'null'",
                "{\"timestamp\": 1, \"input_length\": 1e3, \"output_length\": 2} | input_length '1e3'",
                "{\"timestamp\": 1, \"input_length\": 1, \"output_length\": 2, \"hash_ids\": 3} | hash_ids is no list",
                "{\"timestamp\": 1, \"input_length\": 1, \"output_length\": 2, \"hash_ids\": [\"a\"]} | hash_ids is no",
                "{\"timestamp\": 1, | is no JSON",
                "[1] | is no JSON object",
                "{\"timestamp\": 1, \"input_length\": 1, \"output_length\": 2} {} | goes on after its object",
            })
    void a_bad_line_of_jsonl_is_named_with_what_is_wrong(String line, String told) {
        assertThatThrownBy(() -> read(MOONCAKE + line))
                .isInstanceOf(TraceException.class)
                .hasMessageStartingWith("azure-code.csv:2: ")
                .hasMessageContaining(told);
    }

    @Test
    void a_file_of_another_kind_is_told_which_formats_there_are() {
        assertThatThrownBy(() -> read("when,what\n1,2\n"))
                .hasMessageStartingWith("azure-code.csv:1: the first line is neither a header nor JSON")
                .hasMessageContaining("TIMESTAMP,ContextTokens,GeneratedTokens")
                .hasMessageContaining("hash_ids");
        assertThatThrownBy(() -> read(AZURE)).hasMessageContaining("holds no call");
        assertThatThrownBy(() -> read("")).hasMessageContaining("holds no call");
    }

    @Test
    void a_file_that_is_not_there_or_no_text_is_told_so() throws IOException {
        Path binary = Files.write(folder.resolve("x.csv"), new byte[] {(byte) 0xC3, (byte) 0x28, 0});

        assertThatThrownBy(() -> TraceReader.read(folder.resolve("none.csv"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> TraceReader.read(binary)).hasMessageContaining("is no text in UTF-8");
        assertThatThrownBy(() -> TraceReader.read(folder)).isInstanceOf(TraceException.class);
    }
}

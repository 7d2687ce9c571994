package dev.tierway.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of docs/reference, as tests compare it with the code. */
public final class ReferencePage {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final String text;

    private ReferencePage(String text) {
        this.text = text;
    }

    public static ReferencePage read(String name) throws IOException {
        Path docs = Path.of("..", "docs", "reference", name);
        return new ReferencePage(Files.readString(Files.exists(docs) ? docs : Path.of("docs", "reference", name)));
    }

    public String text() {
        return text;
    }

    /** The first code word of each row of the one table whose first column has that heading. */
    public List<String> firstColumn(String heading, String afterTitle) {
        return rows(heading, afterTitle).stream()
                .map(row -> codes(row.getFirst()).getFirst())
                .toList();
    }

    /** The rows of the first table with that heading after that title. */
    public List<List<String>> rows(String heading, String afterTitle) {
        int from = ("\n" + text).indexOf("\n" + afterTitle + "\n");
        assertThat(from).as("title '%s'", afterTitle).isNotNegative();
        int table = text.indexOf("\n| " + heading + " |", from);
        assertThat(table).as("table '%s' after '%s'", heading, afterTitle).isNotNegative();
        List<List<String>> rows = new ArrayList<>();
        String[] lines = text.substring(table + 1).split("\n");
        for (int i = 2; i < lines.length && lines[i].startsWith("|"); i++) {
            rows.add(List.of(lines[i].substring(1, lines[i].length() - 1).split(" \\| ")).stream()
                    .map(String::strip)
                    .toList());
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }

    public static List<String> codes(String cell) {
        List<String> codes = new ArrayList<>();
        Matcher matcher = CODE.matcher(cell);
        while (matcher.find()) {
            codes.add(matcher.group(1));
        }
        return codes;
    }
}

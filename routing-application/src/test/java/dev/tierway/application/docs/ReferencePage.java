package dev.tierway.application.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A page of docs/reference, read so that tests can compare it with the code. */
public final class ReferencePage {
    private static final String REFERENCE = "docs/reference";

    private final List<String> lines;

    private ReferencePage(List<String> lines) {
        this.lines = lines;
    }

    public static ReferencePage named(String file) {
        return new ReferencePage(
                read(root().resolve(REFERENCE).resolve(file)).lines().toList());
    }

    /** The checkout's root: the folder above the working directory that holds the documentation. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(REFERENCE))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("no folder above the working directory holds " + REFERENCE);
            }
        }
        return folder;
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text() {
        return String.join("\n", lines);
    }

    /** The rows of all tables whose first column has that title, cells without their back-ticks. */
    public List<List<String>> tables(String firstTitle) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("| " + firstTitle + " |")) {
                rows.addAll(rowsFrom(i + 2));
            }
        }
        return rows;
    }

    /** The rows of the first table under that heading, cells without their back-ticks. */
    public List<List<String>> tableUnder(String heading) {
        int at = lines.indexOf("### `" + heading + "`");
        if (at < 0) {
            throw new IllegalArgumentException("the page has no heading '" + heading + "'");
        }
        while (!lines.get(at).startsWith("|")) {
            at++;
        }
        return rowsFrom(at + 2);
    }

    private List<List<String>> rowsFrom(int line) {
        return lines.stream()
                .skip(line)
                .takeWhile(row -> row.startsWith("|"))
                .map(ReferencePage::cells)
                .toList();
    }

    private static List<String> cells(String row) {
        Stream<String> cells = Arrays.stream(row.substring(1).split("\\|", -1));
        return cells.map(cell -> cell.replace("`", "").strip()).toList();
    }
}

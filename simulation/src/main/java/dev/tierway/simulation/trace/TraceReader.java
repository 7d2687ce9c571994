package dev.tierway.simulation.trace;

import dev.tierway.simulation.Arrival;
import dev.tierway.simulation.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads recorded traces. The first line tells the format: Azure's CSV begins with its header, Mooncake's JSONL with a
 * brace. Lines may be blank, end in CRLF, and come in any order of time.
 */
public final class TraceReader {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TraceReader() {}

    /**
     * Reads a file; the trace is named like it, without the ending.
     *
     * @throws TraceException naming the line that can't be read
     */
    public static Trace read(Path file) {
        String name = String.valueOf(file.getFileName());
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(name, lines);
        } catch (NoSuchFileException e) {
            throw new TraceException(file + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new TraceException(file + ": is no text in UTF-8; expected " + LineFormat.KNOWN, e);
        } catch (IOException e) {
            throw new TraceException(file + ": can't be read (" + e.getMessage() + ")", e);
        }
    }

    static Trace read(String name, BufferedReader lines) throws IOException {
        List<Arrival> arrivals = new ArrayList<>();
        LineFormat format = null;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String text = (number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line).strip();
            if (text.isEmpty()) {
                continue;
            }
            try {
                if (format != null) {
                    arrivals.add(format.arrival(text));
                } else if (text.startsWith("{")) {
                    format = new MooncakeFormat();
                    arrivals.add(format.arrival(text));
                } else {
                    format = AzureFormat.withHeader(text);
                }
            } catch (IllegalArgumentException e) {
                throw TraceException.at(name, number, String.valueOf(e.getMessage()));
            }
        }
        if (arrivals.isEmpty()) {
            throw new TraceException(name + ": holds no call; expected " + LineFormat.KNOWN);
        }
        return new Trace(stem(name), fromZero(arrivals));
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static List<Arrival> fromZero(List<Arrival> arrivals) {
        List<Arrival> sorted = new ArrayList<>(arrivals);
        sorted.sort(Comparator.comparingLong(Arrival::atNanos));
        return shifted(sorted, sorted.getFirst().atNanos());
    }

    static List<Arrival> shifted(List<Arrival> arrivals, long zeroNanos) {
        return arrivals.stream()
                .map(call ->
                        new Arrival(call.atNanos() - zeroNanos, call.inputTokens(), call.outputTokens(), call.blocks()))
                .toList();
    }
}

package dev.tierway.adapter.providers.simulated;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The provider faults of the design's catalogue (P1 to P31) that a simulated server can do, under names. P1 to P4 strike
 * before a server is reached, and P30 is a latency.
 */
public final class FaultCatalogue {
    private static final long SOON_SECONDS = 30;
    /** HTTP's: unlike RFC 1123's, a day has two digits. */
    private static final DateTimeFormatter IMF_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final List<Entry> entries = new ArrayList<>();

    /**
     * A fault by name.
     *
     * @param number in the catalogue, e.g. {@code P11}; several may share one
     * @param name e.g. {@code truncated}
     * @param words what it does, for people
     */
    public record Entry(String number, String name, String words, ScriptedFault fault) {}

    private FaultCatalogue() {}

    /** @param now what dates in headers are counted from */
    public static List<Entry> entries(Instant now) {
        FaultCatalogue all = new FaultCatalogue();
        all.connections();
        all.bodies();
        all.limits(now);
        all.statuses();
        all.heads();
        all.contents();
        return List.copyOf(all.entries);
    }

    /**
     * Those of a number or of a name, however it is written.
     *
     * @return empty if there is none
     */
    public static List<Entry> find(String numberOrName, Instant now) {
        return entries(now).stream()
                .filter(one -> one.number().equalsIgnoreCase(numberOrName)
                        || one.name().equalsIgnoreCase(numberOrName))
                .toList();
    }

    private void connections() {
        add("P5", "reset", "resets the connection", SimulatedFault.RESET);
        add("P6", "close", "closes the connection in the middle", SimulatedFault.CLOSE);
        add("P7", "slow-headers", "sends its headers a byte every second", SimulatedFault.SLOW_HEADERS);
        add("P8", "drip", "sends its body a byte every second", SimulatedFault.DRIP);
        add("P9", "stall", "falls silent", SimulatedFault.STALL);
    }

    private void bodies() {
        add("P10", "endless", "never stops", SimulatedFault.ENDLESS);
        add("P11", "truncated", "ends in order, without finish reason and end mark", SimulatedFault.TRUNCATED);
        add("P12", "split-packets", "sends every byte of its body by itself", SimulatedFault.SPLIT_PACKETS);
        add("P13", "comments-only", "sends keep-alive comments and nothing else", SimulatedFault.COMMENTS_ONLY);
        add("P14", "error-in-200", "sends an error under HTTP 200", SimulatedFault.ERROR_IN_200);
        add("P15", "garbage", "sends something that isn't JSON", SimulatedFault.GARBAGE);
        add("P15", "half-json", "sends JSON that stops in the middle", SimulatedFault.HALF_JSON);
        add("P16", "wrong-content-type", "sends HTML", SimulatedFault.WRONG_CONTENT_TYPE);
    }

    private void limits(Instant now) {
        limited("P17", "retry-seconds", "in 2 seconds", "2");
        limited("P18", "retry-date", "at a date to come", date(now.plusSeconds(SOON_SECONDS)));
        limited("P18", "retry-past-date", "at a date long past", "Wed, 21 Oct 2015 07:28:00 GMT");
        limited("P19", "retry-negative", "in -5 seconds", "-5");
        limited("P19", "retry-huge", "in 99999999999999999999 seconds", "99999999999999999999");
        limited("P19", "retry-garbage", "soon", "soon");
        limited("P19", "retry-twice", "in 1 and in 7 seconds", "1", "7");
    }

    private void statuses() {
        for (int status : new int[] {500, 502, 503, 504, 529}) {
            status("P20", status);
        }
        status("P21", 401);
        status("P21", 403);
    }

    private void heads() {
        add("P22", "huge-body", "sends a body, or one event, without end", SimulatedFault.HUGE_BODY);
        add("P22", "huge-header", "sends a header of a megabyte", SimulatedFault.HUGE_HEADER);
        add("P23", "gzip", "compresses what nobody asked to be compressed", SimulatedFault.GZIP);
        add("P24", "broken-text", "sends bytes that are no UTF-8, and a NUL", SimulatedFault.BROKEN_TEXT);
        add("P25", "conflicting-headers", "sends two different lengths", SimulatedFault.CONFLICTING_HEADERS);
        add("P25", "duplicate-headers", "sends harmless headers twice", SimulatedFault.DUPLICATE_HEADERS);
        add("P26", "redirect", "sends its clients elsewhere", SimulatedFault.REDIRECT);
        add("P27", "early-reply", "refuses while the request is on its way", SimulatedFault.EARLY_REPLY);
    }

    private void contents() {
        add("P28", "no-usage", "reports no usage", SimulatedFault.NO_USAGE);
        add("P28", "negative-usage", "reports negative usage", SimulatedFault.NEGATIVE_USAGE);
        add("P28", "absurd-usage", "reports usage that can't be", SimulatedFault.ABSURD_USAGE);
        add("P28", "usage-twice", "reports usage twice, first too little", SimulatedFault.USAGE_TWICE);
        add("P29", "wrong-model", "names another model in its reply", SimulatedFault.WRONG_MODEL);
        add("P31", "tools-all-index-0", "numbers all tool calls of a stream 0", SimulatedFault.TOOLS_ALL_INDEX_0);
        add("P31", "split-tool-name", "cuts a tool's name in two", SimulatedFault.SPLIT_TOOL_NAME);
    }

    private void add(String number, String name, String words, SimulatedFault fault) {
        entries.add(new Entry(number, name, words, ScriptedFault.of(fault)));
    }

    private void status(String number, int status) {
        entries.add(
                new Entry(number, "status-" + status, "answers with status " + status, ScriptedFault.status(status)));
    }

    private void limited(String number, String name, String when, String... retryAfter) {
        ScriptedFault fault = ScriptedFault.status(429);
        for (String value : retryAfter) {
            fault = fault.header("retry-after", value);
        }
        entries.add(new Entry(number, name, "answers 429, to be asked again " + when, fault));
    }

    private static String date(Instant when) {
        return IMF_DATE.format(when.atOffset(ZoneOffset.UTC));
    }
}

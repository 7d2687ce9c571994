package dev.tierway.gateway;

import dev.tierway.adapter.providers.simulated.Stage;
import dev.tierway.gateway.FaultCell.Course;
import dev.tierway.gateway.FaultCell.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Every fault of a provider at every stage where it makes a difference. */
final class FaultTable {
    private static final List<String> KINDS = List.of("openai-compatible", "anthropic", "gemini");

    /**
     * Number, what is done, from which stage on, what a whole reply and what a stream come to. A charge with a star is
     * settled if the dialect tells the input before the first token; with a slash it may be: a reset may overtake what was
     * told. A rest is what the vendor asked for. A dash: there is no such thing.
     */
    private static final String ROWS = """
        P1  | refused             | before-headers     | spills transport refunded             | same
        P2  | full-backlog        | before-headers     | spills timeout refunded               | same
        P3  | no-such-host        | before-headers     | spills transport refunded             | same
        P4  | tls-self-signed     | before-headers     | spills transport refunded             | same
        P4  | tls-expired         | before-headers     | spills transport refunded             | same
        P4  | tls-wrong-host      | before-headers     | spills transport refunded             | same
        P4  | tls-none            | before-headers     | spills transport refunded             | same
        P4  | tls-stall           | before-headers     | spills timeout refunded               | same
        P5  | reset               | before-headers     | spills transport unknown              | same
        P5  | reset               | before-first-token | spills transport unknown              | spills transport unknown/
        P5  | reset               | mid-stream         | spills transport unknown              | breaks stream_broken settled
        P6  | close               | before-headers     | spills transport unknown              | same
        P6  | close               | before-first-token | spills transport unknown              | spills transport unknown*
        P6  | close               | mid-stream         | spills transport unknown              | breaks stream_broken settled
        P7  | slow_headers        | before-headers     | spills timeout unknown                | same
        P8  | drip                | before-first-token | spills timeout unknown                | spills timeout unknown*
        P8  | drip                | mid-stream         | spills timeout unknown                | breaks timeout settled
        P9  | stall               | before-headers     | spills timeout unknown                | same
        P9  | stall               | before-first-token | spills timeout unknown                | spills timeout unknown*
        P9  | stall               | mid-stream         | spills timeout unknown                | breaks timeout settled
        P10 | endless             | mid-stream         | spills timeout unknown                | breaks timeout settled
        P11 | truncated           | before-first-token | spills upstream_fault unknown         | spills upstream_fault unknown*
        P11 | truncated           | mid-stream         | spills upstream_fault unknown         | breaks stream_broken settled
        P12 | split_packets       | before-headers     | delivers settled reported             | same
        P13 | comments_only       | before-first-token | -                                     | spills timeout unknown*
        P13 | comments_only       | mid-stream         | -                                     | breaks timeout settled
        P14 | error_in_200        | before-first-token | spills upstream_fault unknown         | spills upstream_fault unknown*
        P14 | error_in_200        | mid-stream         | spills upstream_fault unknown         | breaks stream_broken settled
        P15 | garbage             | before-headers     | spills upstream_fault unknown         | same
        P15 | garbage             | before-first-token | spills upstream_fault unknown         | spills upstream_fault unknown*
        P15 | garbage             | mid-stream         | spills upstream_fault unknown         | breaks stream_broken settled
        P15 | half_json           | before-first-token | spills upstream_fault unknown         | spills upstream_fault unknown*
        P15 | half_json           | mid-stream         | spills upstream_fault unknown         | breaks stream_broken settled
        P16 | wrong_content_type  | before-headers     | spills upstream_fault unknown         | same
        P17 | 429 retry-after: 7  | before-headers     | spills rate_limited refunded_but_request 7000-7000 | same
        P18 | 429 retry-after: FUTURE | before-headers | spills rate_limited refunded_but_request 1000-100000 | same
        P18 | 429 retry-after: Wed, 21 Oct 2015 07:28:00 GMT | before-headers | spills rate_limited refunded_but_request | same
        P19 | 429 retry-after: -5 | before-headers     | spills rate_limited refunded_but_request | same
        P19 | 429 retry-after: 999999999999 | before-headers | spills rate_limited refunded_but_request 3600000-3600000 | same
        P19 | 429 retry-after: soon | before-headers   | spills rate_limited refunded_but_request | same
        P19 | 429 retry-after: soon + 3 | before-headers | spills rate_limited refunded_but_request 3000-3000 | same
        P20 | 500                 | before-headers     | spills upstream_fault unknown         | same
        P20 | 502                 | before-headers     | spills upstream_fault unknown         | same
        P20 | 503                 | before-headers     | spills overloaded refunded_but_request | same
        P20 | 504                 | before-headers     | spills upstream_fault unknown         | same
        P20 | 529                 | before-headers     | spills overloaded refunded_but_request | same
        P21 | 401                 | before-headers     | spills credential refunded_but_request | same
        P21 | 401 naming our key  | before-headers     | spills credential refunded_but_request | same
        P21 | 403                 | before-headers     | spills credential refunded_but_request | same
        P22 | huge_body           | before-first-token | spills upstream_fault unknown         | spills upstream_fault unknown*
        P22 | huge_body           | mid-stream         | spills upstream_fault unknown         | breaks stream_broken settled
        P22 | huge_header         | before-headers     | spills upstream_fault unknown         | same
        P23 | gzip                | before-headers     | spills upstream_fault unknown         | same
        P24 | broken_text         | before-first-token | spills upstream_fault unknown         | spills upstream_fault unknown*
        P24 | broken_text         | mid-stream         | spills upstream_fault unknown         | breaks stream_broken settled
        P25 | duplicate_headers   | before-headers     | delivers settled reported             | same
        P25 | conflicting_headers | before-headers     | spills upstream_fault unknown         | same
        P26 | redirect            | before-headers     | spills upstream_fault unknown         | same
        P27 | early_reply         | before-headers     | spills overloaded refunded_but_request | same
        P28 | no_usage            | mid-stream         | delivers settled estimated            | same
        P28 | negative_usage      | mid-stream         | delivers settled estimated            | same
        P28 | absurd_usage        | mid-stream         | delivers settled estimated            | same
        P28 | usage_twice         | mid-stream         | delivers settled reported             | same
        P29 | wrong_model         | mid-stream         | delivers settled reported             | same
        P30 | late                | before-headers     | spills timeout unknown                | spills timeout unknown*
        P31 | tools_all_index_0   | mid-stream         | delivers settled reported             | same
        P31 | split_tool_name     | mid-stream         | delivers settled reported             | same
        """;

    private FaultTable() {}

    static List<FaultCell> cells() {
        List<FaultCell> cells = new ArrayList<>();
        for (String line : ROWS.lines().toList()) {
            String[] row = line.split("\\|");
            for (String kind : KINDS) {
                for (boolean stream : new boolean[] {false, true}) {
                    String said = row[stream && !row[4].strip().equals("same") ? 4 : 3].strip();
                    if (said.equals("-")) {
                        continue;
                    }
                    cells.add(new FaultCell(
                            "m" + cells.size(),
                            row[0].strip(),
                            row[1].strip(),
                            Stage.valueOf(
                                    row[2].strip().toUpperCase(Locale.ROOT).replace('-', '_')),
                            kind,
                            stream,
                            expected(said, kind.equals("anthropic"))));
                }
            }
        }
        return cells;
    }

    /** Far ends that go on until the client has left, in each phase. */
    static List<FaultCell> left() {
        List<FaultCell> cells = new ArrayList<>();
        for (String kind : KINDS) {
            for (boolean stream : new boolean[] {false, true}) {
                for (Stage stage : Stage.values()) {
                    String what = stream && stage == Stage.MID_STREAM ? "slowly" : "stall";
                    Expected nothing = new Expected(Course.BREAKS, null, "", null, null, null);
                    cells.add(new FaultCell("left" + cells.size(), "C1", what, stage, kind, stream, nothing));
                }
            }
        }
        return cells;
    }

    private static Expected expected(String said, boolean inputFirst) {
        String[] words = said.split(" ");
        Course course = Course.valueOf(words[0].toUpperCase(Locale.ROOT));
        if (course == Course.DELIVERS) {
            return new Expected(course, null, words[1], words[2], null, null);
        }
        boolean starred = words[2].endsWith("*") || words[2].endsWith("/");
        String charge = !starred
                ? words[2]
                : !inputFirst
                        ? words[2].substring(0, words[2].length() - 1)
                        : words[2].endsWith("/") ? FaultCell.EITHER : "settled";
        String how = !charge.equals("settled") ? null : course == Course.SPILLS ? "reported" : "estimated";
        return new Expected(course, words[1], charge, how, rest(words, 0), rest(words, 1));
    }

    private static @Nullable Long rest(String[] words, int bound) {
        return words.length < 4 ? null : Long.valueOf(words[3].split("-")[bound]);
    }
}

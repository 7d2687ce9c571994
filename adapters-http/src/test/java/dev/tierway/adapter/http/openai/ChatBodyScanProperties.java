package dev.tierway.adapter.http.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The three splices, on random bodies: members in any order, white space anywhere, escapes and non-ASCII text. */
class ChatBodyScanProperties {
    private static final String UPSTREAM = "vendor/\"model\"";

    /** A body and what is in it. */
    record Body(String text, Map<String, String> members) {
        byte[] bytes() {
            return text.getBytes(UTF_8);
        }
    }

    @Provide
    Arbitrary<Body> bodies() {
        Arbitrary<String> model = Arbitraries.of("\"m\"", "\"tier:mid/chat\"", "\"mod\\u00e9l\\\"s\"", "\"模型\"");
        Arbitrary<String> messages = Arbitraries.of(
                "[{\"role\":\"user\",\"content\":\"hi \\\\ \\\" {}[],:\"}]",
                "[ {\"content\" : null , \"role\":\"assistant\", \"tool_calls\":[{\"id\":\"a\"}]} ]",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"né\\u4e2d😀\"}]},{\"role\":\"x\"}]");
        Arbitrary<String> stream = Arbitraries.of("true", "false", "null");
        Arbitrary<String> options = Arbitraries.of(
                "{}", "{ }", "{\"x\":1}", "{\"include_usage\":true}", "{\"a\":{}, \"include_usage\" : false}", "null");
        Arbitrary<String> tierway =
                Arbitraries.of("{}", "{\"seed\":1}", "{\"tags\":{\"a\":\"},\\\"\"} , \"agent\":\"x\"}");
        Arbitrary<String> unknown = Arbitraries.of(
                "1e5", "\"\\ud83d\\ude00\"", "{\"model\":\"decoy\",\"tierway\":{}}", "[true,[null]]", "\"\"", "-0.10");
        Arbitrary<Map<String, String>> members = Combinators.combine(
                        model, messages, stream.injectNull(0.3), options.injectNull(0.4), tierway.injectNull(0.4))
                .as((m, ms, s, o, t) -> {
                    Map<String, String> all = new LinkedHashMap<>();
                    all.put("model", m);
                    all.put("messages", ms);
                    all.put("stream", s);
                    all.put("stream_options", o);
                    all.put("tierway", t);
                    all.values().removeIf(v -> v == null);
                    return all;
                });
        Arbitrary<List<String>> extras = unknown.list().ofMaxSize(3);
        Arbitrary<String> space = Arbitraries.of("", " ", "\n", "\t ", "\r\n  ");
        return Combinators.combine(members, extras, space.list().ofSize(40), Arbitraries.randoms())
                .as((known, others, spaces, random) -> {
                    Map<String, String> all = new LinkedHashMap<>(known);
                    for (int i = 0; i < others.size(); i++) {
                        all.put("x-é" + i, others.get(i));
                    }
                    List<String> names = new ArrayList<>(all.keySet());
                    java.util.Collections.shuffle(names, random);
                    return new Body(write(names, all, spaces), all);
                });
    }

    private static String write(List<String> names, Map<String, String> members, List<String> spaces) {
        StringBuilder text = new StringBuilder();
        int[] at = {0};
        Runnable space = () -> text.append(spaces.get(at[0]++ % spaces.size()));
        space.run();
        text.append('{');
        for (int i = 0; i < names.size(); i++) {
            space.run();
            text.append('"').append(names.get(i)).append('"');
            space.run();
            text.append(':');
            space.run();
            text.append(members.get(names.get(i)));
            space.run();
            text.append(i < names.size() - 1 ? "," : "");
        }
        text.append('}');
        space.run();
        return text.toString();
    }

    private static JsonNode tree(byte[] json) {
        return Json.tree(json, 0, json.length, "body");
    }

    @Property(tries = 2000)
    void the_spliced_body_is_the_same_but_for_the_three(@ForAll("bodies") Body body) {
        ScannedRequest chat = ChatBodyScan.scan(body.bytes(), 0);
        ObjectNode expected = (ObjectNode) tree(body.bytes());
        expected.put("model", UPSTREAM);
        expected.remove("tierway");
        boolean stream = expected.path("stream").asBoolean();
        if (stream && !expected.has("stream_options")) {
            expected.putObject("stream_options").put("include_usage", true);
        } else if (stream
                && expected.get("stream_options").isObject()
                && !expected.get("stream_options").has("include_usage")) {
            ((ObjectNode) expected.get("stream_options")).put("include_usage", true);
        }
        assertThat(tree(wire(chat).bodyFor(UPSTREAM, true))).isEqualTo(expected);
    }

    @Property(tries = 2000)
    void bytes_outside_the_splices_stay_as_they_are(@ForAll("bodies") Body body) {
        ScannedRequest chat = ChatBodyScan.scan(body.bytes(), 0);
        // Undo the splices on the result, by what they say of themselves: the original must come back.
        String spliced = new String(wire(chat).bodyFor("M", true), UTF_8);
        String model = body.members().get("model");
        String undone = spliced.replaceFirst("\"M\"", java.util.regex.Matcher.quoteReplacement(model));
        WireRequest.Insertion insertion = wire(chat).includeUsage();
        if (insertion != null) {
            undone = undone.replaceFirst(java.util.regex.Pattern.quote(insertion.text()), "");
        }
        WireRequest.Span removed = wire(chat).tierwayMember();
        byte[] original = body.bytes();
        String without = removed == null
                ? body.text()
                : new String(original, 0, removed.start(), UTF_8)
                        + new String(original, removed.end(), original.length - removed.end(), UTF_8);
        assertThat(undone).isEqualTo(without);
        if (removed != null) {
            String member = new String(original, removed.start(), removed.end() - removed.start(), UTF_8);
            assertThat(member.chars().filter(c -> c == ',').count()
                            - body.members()
                                    .get("tierway")
                                    .chars()
                                    .filter(c -> c == ',')
                                    .count())
                    .as("one comma goes with it: %s", member)
                    .isEqualTo(1);
        }
    }

    @Property(tries = 1000)
    void spans_hold_what_they_say(@ForAll("bodies") Body body) {
        ScannedRequest chat = ChatBodyScan.scan(body.bytes(), 0);
        WireRequest.Span model = wire(chat).model();
        assertThat(new String(body.bytes(), model.start(), model.end() - model.start(), UTF_8))
                .isEqualTo(body.members().get("model"));
        assertThat(chat.model()).isEqualTo(tree(body.bytes()).get("model").textValue());
        WireRequest.Span options = chat.options();
        assertThat(
                        options == null
                                ? null
                                : new String(body.bytes(), options.start(), options.end() - options.start(), UTF_8))
                .isEqualTo(body.members().get("tierway"));
        assertThat(chat.usageAsked())
                .isEqualTo(chat.stream()
                        && tree(body.bytes())
                                .at("/stream_options/include_usage")
                                .asBoolean());
    }

    @Property(tries = 1000)
    void a_cut_body_is_refused_and_never_anything_else(@ForAll("bodies") Body body, @ForAll("cuts") double cut) {
        byte[] whole = body.text().strip().getBytes(UTF_8);
        byte[] part = java.util.Arrays.copyOf(whole, (int) (cut * (whole.length - 1)));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ChatBodyScan.scan(part, 0))
                .isInstanceOf(dev.tierway.adapter.http.server.HttpProblem.class);
    }

    @Provide
    Arbitrary<Double> cuts() {
        return Arbitraries.doubles().between(0, 1);
    }

    @Property(tries = 2000)
    void whatever_bytes_come_the_scan_ends_with_a_result_or_a_400(
            @ForAll byte[] noise, @ForAll("bodies") Body body, @ForAll("cuts") double where) {
        byte[] mixed = body.bytes();
        int at = (int) (where * mixed.length);
        for (int i = 0; i < Math.min(noise.length, 3) && at + i < mixed.length; i++) {
            mixed[at + i] = noise[i];
        }
        for (byte[] input : List.of(noise, mixed)) {
            try {
                assertThat(ChatBodyScan.scan(input, 0).model()).isNotNull();
            } catch (dev.tierway.adapter.http.server.HttpProblem problem) {
                assertThat(problem.status()).isEqualTo(400);
            }
        }
    }

    private static WireRequest wire(ScannedRequest chat) {
        return ((Payload.Wire) chat.payload()).request();
    }
}

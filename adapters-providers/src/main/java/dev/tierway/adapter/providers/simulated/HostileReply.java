package dev.tierway.adapter.providers.simulated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Turns a healthy reply into the steps of a fault. */
final class HostileReply {
    private static final int KIB = 1024;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long BEAT = Duration.ofMillis(5).toNanos();

    /** A reset destroys what the client hasn't read yet: what came before it shall arrive. */
    private static final long RESET_DELAY = Duration.ofMillis(100).toNanos();

    private static final byte[] HTML = ReplyBytes.utf8("<html><body>not what you asked for</body></html>");

    private final ReplyPlan plan;
    private final ScriptedFault fault;
    private final Stage stage;

    HostileReply(ReplyPlan plan, ScriptedFault fault) {
        this.plan = plan;
        this.fault = fault;
        this.stage = fault.stage();
    }

    List<Step> steps() {
        return switch (fault.fault()) {
            case STATUS, EARLY_REPLY -> List.of(ReplyPlan.write(refusal(fault)), new Step.Done());
            case RESET -> then(stage, new Step.Wait(RESET_DELAY), new Step.Reset());
            case CLOSE -> then(stage, new Step.Close());
            case STALL -> then(stage, new Step.Hang());
            case SLOW_HEADERS -> drip(plan.chunkedHead());
            case DRIP -> dripBody();
            case ENDLESS -> endless();
            case TRUNCATED -> truncated();
            case SPLIT_PACKETS -> splitPackets();
            case COMMENTS_ONLY -> then(inBody(), repeat(plan.stream() ? ": keep-alive\n\n" : " ", BEAT));
            case ERROR_IN_200 -> instead(ReplyBytes.utf8(SimulatedFailures.errorBody(fault)));
            case GARBAGE ->
                stage == Stage.BEFORE_HEADERS
                        ? List.of(ReplyPlan.write(ReplyBytes.join(HTML, ReplyBytes.utf8("\r\n\r\n"))), new Step.Close())
                        : instead(HTML);
            case HALF_JSON -> instead(halfJson());
            case BROKEN_TEXT -> instead(brokenText());
            case HUGE_BODY -> hugeBody();
            case WRONG_CONTENT_TYPE, HUGE_HEADER, GZIP, CONFLICTING_HEADERS, REDIRECT -> strangeHead();
            case DUPLICATE_HEADERS,
                    NO_USAGE,
                    NEGATIVE_USAGE,
                    ABSURD_USAGE,
                    USAGE_TWICE,
                    WRONG_MODEL,
                    TOOLS_ALL_INDEX_0,
                    SPLIT_TOOL_NAME -> plan.whole();
        };
    }

    /** The reply of a status fault. */
    static byte[] refusal(ScriptedFault fault) {
        byte[] body = ReplyBytes.utf8(SimulatedFailures.errorBody(fault));
        List<String> headers =
                new ArrayList<>(List.of("content-type: " + ReplyBytes.JSON, "content-length: " + body.length));
        headers.addAll(fault.headers());
        return ReplyBytes.join(ReplyBytes.head(fault.status(), headers), body);
    }

    private List<Step> then(Stage until, Step... end) {
        List<Step> steps = plan.upTo(until);
        steps.addAll(Arrays.asList(end));
        return steps;
    }

    /** The first stage at which there is a body to spoil. */
    private Stage inBody() {
        return stage == Stage.BEFORE_HEADERS ? Stage.BEFORE_FIRST_TOKEN : stage;
    }

    private static Step repeat(String content, long everyNanos) {
        return new Step.Repeat(
                List.of(ReplyPlan.write(ReplyBytes.chunk(ReplyBytes.utf8(content))), new Step.Wait(everyNanos)));
    }

    private static List<Step> drip(byte[] bytes) {
        List<Step> steps = new ArrayList<>();
        for (byte b : bytes) {
            steps.add(ReplyPlan.write(new byte[] {b}));
            steps.add(new Step.Wait(SECOND));
        }
        return steps;
    }

    private List<Step> dripBody() {
        List<Step> steps = plan.upTo(inBody());
        for (Step step : plan.from(inBody())) {
            if (step instanceof Step.Write(byte[] bytes, int tokens)) {
                for (byte b : bytes) {
                    steps.add(new Step.Wait(SECOND));
                    steps.add(new Step.Write(new byte[] {b}, 0));
                }
            }
        }
        return steps;
    }

    private List<Step> endless() {
        if (!plan.stream()) {
            return List.of(ReplyPlan.write(plan.chunkedHead()), repeat(" ", BEAT));
        }
        List<Step> cycle = new ArrayList<>();
        for (byte[] chunk : plan.token()) {
            cycle.add(new Step.Write(ReplyBytes.chunk(chunk), 1));
        }
        cycle.add(new Step.Wait(BEAT));
        return then(inBody(), new Step.Repeat(cycle));
    }

    private List<Step> truncated() {
        return plan.stream()
                ? then(inBody(), ReplyPlan.write(ReplyBytes.LAST_CHUNK), new Step.Done())
                : instead(halfJson());
    }

    private List<Step> splitPackets() {
        List<Step> steps = new ArrayList<>(List.of(ReplyPlan.write(plan.chunkedHead())));
        byte[] content = plan.stream() ? plan.events() : plan.unaryBody();
        for (byte b : content) {
            steps.add(ReplyPlan.write(ReplyBytes.chunk(new byte[] {b})));
        }
        steps.add(ReplyPlan.write(ReplyBytes.LAST_CHUNK));
        steps.add(new Step.Done());
        return steps;
    }

    /** That content where the answer, or the rest of it, should be. */
    private List<Step> instead(byte[] content) {
        if (!plan.stream()) {
            return List.of(ReplyPlan.write(ReplyBytes.join(plan.head(content.length), content)), new Step.Done());
        }
        return then(
                inBody(),
                ReplyPlan.write(ReplyBytes.join(ReplyBytes.chunk(ReplyBytes.event(content)), ReplyBytes.LAST_CHUNK)),
                new Step.Done());
    }

    private byte[] halfJson() {
        byte[] whole = plan.unaryBody();
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static byte[] brokenText() {
        return ReplyBytes.join(
                ReplyBytes.utf8("{\"choices\":[{\"index\":0,\"message\":{\"content\":\""),
                new byte[] {(byte) 0xC3, 0x28, 0},
                ReplyBytes.utf8("\"},\"delta\":{\"content\":\"x\"}}]}"));
    }

    private List<Step> hugeBody() {
        String filler = "x".repeat(16 * KIB);
        if (plan.stream()) {
            return then(inBody(), ReplyPlan.write(ReplyBytes.chunk(ReplyBytes.utf8("data: "))), repeat(filler, 0));
        }
        return List.of(ReplyPlan.write(plan.chunkedHead()), repeat(filler, 0));
    }

    private List<Step> strangeHead() {
        byte[] body = plan.unaryBody();
        byte[] reply = switch (fault.fault()) {
            case WRONG_CONTENT_TYPE ->
                ReplyBytes.join(
                        ReplyBytes.head(200, List.of("content-type: text/html", "content-length: " + HTML.length)),
                        HTML);
            case HUGE_HEADER -> ReplyBytes.join(plan.head(body.length, "x-filler: " + "x".repeat(KIB * KIB)), body);
            case GZIP -> {
                byte[] packed = gzip(body);
                yield ReplyBytes.join(plan.head(packed.length, "content-encoding: gzip"), packed);
            }
            case CONFLICTING_HEADERS ->
                ReplyBytes.join(plan.head(body.length, "content-length: " + (body.length - 1)), body);
            default -> ReplyBytes.head(307, List.of("location: http://127.0.0.1:1/elsewhere", "content-length: 0"));
        };
        return List.of(ReplyPlan.write(reply), new Step.Done());
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }
}

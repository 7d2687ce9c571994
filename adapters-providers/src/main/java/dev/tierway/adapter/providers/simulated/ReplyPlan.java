package dev.tierway.adapter.providers.simulated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A healthy reply, cut where a fault may strike: what comes before, and what would come after. */
final class ReplyPlan {
    private static final int OK = 200;

    private final AnswerWriter writer;
    private final SimulatedAnswer answer;
    private final ScriptBook.Turn turn;
    private final SimulatedScript script;
    private final List<String> limits;
    private final boolean stream;

    /** @param limits header lines that tell of the vendor's limits */
    ReplyPlan(AnswerWriter writer, SimulatedAnswer answer, ScriptBook.Turn turn, List<String> limits, boolean stream) {
        this.limits = limits;
        this.writer = writer;
        this.answer = answer;
        this.turn = turn;
        this.script = turn.script();
        this.stream = stream;
    }

    boolean stream() {
        return stream;
    }

    List<Step> whole() {
        List<Step> steps = upTo(Stage.MID_STREAM);
        steps.addAll(from(Stage.MID_STREAM));
        steps.add(new Step.Done());
        return steps;
    }

    /** What is sent before that stage. */
    List<Step> upTo(Stage stage) {
        List<Step> steps = new ArrayList<>();
        switch (stage) {
            case BEFORE_HEADERS -> steps.add(new Step.Wait(script.firstToken().toNanos()));
            case BEFORE_FIRST_TOKEN -> steps.add(write(begin()));
            case MID_STREAM -> {
                if (stream) {
                    steps.add(write(begin()));
                    tokens(steps, 0, middle());
                } else {
                    byte[] body = writer.unary();
                    steps.add(new Step.Wait(script.firstToken().toNanos()
                            + script.perToken().toNanos() * answer.pieces().size()));
                    steps.add(write(ReplyBytes.join(head(body.length), Arrays.copyOf(body, body.length / 2))));
                }
            }
        }
        return steps;
    }

    /** What is sent from that stage on; not the end of the exchange. */
    List<Step> from(Stage stage) {
        List<Step> steps = new ArrayList<>();
        if (stage == Stage.BEFORE_HEADERS) {
            steps.add(write(begin()));
        }
        if (!stream) {
            byte[] body = writer.unary();
            int sent = stage == Stage.MID_STREAM ? body.length / 2 : 0;
            steps.add(new Step.Write(
                    Arrays.copyOfRange(body, sent, body.length), answer.pieces().size()));
            return steps;
        }
        tokens(steps, stage == Stage.MID_STREAM ? middle() : 0, answer.pieces().size());
        for (byte[] event : writer.closing()) {
            steps.add(write(ReplyBytes.chunk(event)));
        }
        steps.add(write(ReplyBytes.LAST_CHUNK));
        return steps;
    }

    /** Headers of a reply whose length isn't told. */
    byte[] chunkedHead(String... more) {
        List<String> headers = headers(stream ? ReplyBytes.EVENT_STREAM : ReplyBytes.JSON);
        headers.add("transfer-encoding: chunked");
        headers.addAll(List.of(more));
        return ReplyBytes.head(OK, headers);
    }

    /** Headers of a unary reply. */
    byte[] head(int length, String... more) {
        List<String> headers = headers(ReplyBytes.JSON);
        headers.add("content-length: " + length);
        headers.addAll(List.of(more));
        return ReplyBytes.head(OK, headers);
    }

    /** One token, to be repeated. */
    List<byte[]> token() {
        return writer.token(0);
    }

    /** All events of a stream, without HTTP around them. */
    byte[] events() {
        List<byte[]> events = new ArrayList<>(List.of(writer.opening()));
        for (int i = 0; i < answer.pieces().size(); i++) {
            events.addAll(writer.token(i));
        }
        events.addAll(writer.closing());
        return ReplyBytes.join(events.toArray(byte[][]::new));
    }

    byte[] unaryBody() {
        return writer.unary();
    }

    private byte[] begin() {
        return stream
                ? ReplyBytes.join(chunkedHead(), ReplyBytes.chunk(writer.opening()))
                : head(writer.unary().length);
    }

    private void tokens(List<Step> steps, int from, int to) {
        for (int i = from; i < to; i++) {
            long nanos =
                    i == 0 ? script.firstToken().toNanos() : script.perToken().toNanos();
            if (nanos > 0) {
                steps.add(new Step.Wait(nanos));
            }
            for (byte[] chunk : writer.token(i)) {
                steps.add(new Step.Write(ReplyBytes.chunk(chunk), 1));
            }
        }
    }

    private int middle() {
        return Math.max(1, answer.pieces().size() / 2);
    }

    private List<String> headers(String type) {
        List<String> ours = List.of("openai-processing-ms: 1", "x-request-id: sim-" + turn.request());
        List<String> headers = new ArrayList<>(ours);
        headers.add("content-type: " + type);
        headers.addAll(limits);
        if (turn.fault() != null && turn.fault().fault() == SimulatedFault.DUPLICATE_HEADERS) {
            headers.addAll(ours);
        }
        return headers;
    }

    static Step write(byte[] bytes) {
        return new Step.Write(bytes, 0);
    }
}

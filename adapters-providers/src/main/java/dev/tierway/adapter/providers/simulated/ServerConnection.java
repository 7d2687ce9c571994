package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a simulated server: takes requests one after another and plays their replies. */
final class ServerConnection {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] CONTINUE = ReplyBytes.utf8("HTTP/1.1 100 Continue\r\n\r\n");

    private final Vertx vertx;
    private final NetSocket socket;
    private final String name;
    private final ScriptBook scripts;
    private final ServerTally tally;
    private final RequestParser parser = new RequestParser();
    private @Nullable StepPlayer player;
    private boolean headSeen;
    private boolean closing;
    private boolean killed;

    ServerConnection(Vertx vertx, NetSocket socket, String name, ScriptBook scripts, ServerTally tally) {
        this.vertx = vertx;
        this.socket = socket;
        this.name = name;
        this.scripts = scripts;
        this.tally = tally;
    }

    /** @param gone told when the connection is closed */
    void begin(Runnable gone) {
        socket.handler(this::bytes);
        socket.closeHandler(nothing -> {
            closed();
            gone.run();
        });
        // What breaks a connection also closes it, and the close is what counts.
        socket.exceptionHandler(broken -> {});
    }

    void kill() {
        killed = true;
        socket.close();
    }

    private void bytes(Buffer bytes) {
        parser.feed(bytes.getBytes());
        serve();
    }

    private void serve() {
        if (player != null) {
            return;
        }
        try {
            RequestParser.Head head = parser.head();
            if (head != null && !headSeen) {
                headSeen = true;
                tally.request();
                if (early()) {
                    return;
                }
                if (head.expectsContinue()) {
                    socket.write(Buffer.buffer(CONTINUE));
                }
            }
            RecordedRequest request = parser.next();
            if (request != null && head != null) {
                headSeen = false;
                tally.arrived(request);
                closing = head.lastOfConnection();
                play(reply(request));
            }
        } catch (IllegalArgumentException e) {
            closing = true;
            play(refused(400, "not a request this server can read: " + e.getMessage()));
        }
    }

    private boolean early() {
        ScriptBook.Turn turn = scripts.early();
        if (turn == null || turn.fault() == null) {
            return false;
        }
        tally.fault(turn.fault());
        socket.pause();
        play(List.of(ReplyPlan.write(HostileReply.refusal(turn.fault())), new Step.Hang()));
        return true;
    }

    private List<Step> reply(RecordedRequest request) {
        String path = request.path().replaceAll("[?].*", "");
        if (path.endsWith("/models")) {
            return request.method().equals("GET") ? models() : refused(405, "only GET");
        }
        boolean embeddings = path.endsWith("/embeddings");
        boolean anthropic = path.endsWith("/messages");
        boolean gemini = GeminiAsk.isFor(path);
        if (!anthropic && !gemini && !embeddings && !path.endsWith("/chat/completions")) {
            return refused(404, "no such endpoint");
        }
        if (!request.method().equals("POST")) {
            return refused(405, "only POST");
        }
        try {
            JsonNode body = JSON.readTree(request.body());
            if (embeddings) {
                return body.path("input").isMissingNode() ? refused(400, "input is missing") : embeddings(body);
            }
            String messages = gemini ? "contents" : "messages";
            if (body.path(messages).isEmpty()) {
                return refused(400, messages + " are missing");
            }
            String senseless = WireAsk.senseless(gemini ? body.path("generationConfig") : body);
            if (senseless != null) {
                return refused(400, senseless);
            }
            return gemini ? generated(path, body) : completion(body, anthropic);
        } catch (IOException notJson) {
            return refused(400, "the body is not JSON");
        }
    }

    private List<Step> completion(JsonNode body, boolean anthropic) {
        SimulatedAsk ask = anthropic ? MessagesAsk.of(body, name) : WireAsk.of(body, name);
        ScriptBook.Turn turn = scripts.next(ask.model());
        SimulatedAnswer answer = SimulatedAnswer.to(ask, turn.script(), turn.request());
        boolean usage = body.path("stream_options").path("include_usage").asBoolean(false);
        AnswerWriter writer =
                anthropic ? new MessageWriter(ask, answer, turn) : new CompletionWriter(ask, answer, turn, usage);
        return played(ask, answer, turn, writer, body.path("stream").asBoolean(false));
    }

    /** Gemini's format tells the model, and whether it streams, in the path. */
    private List<Step> generated(String path, JsonNode body) {
        SimulatedAsk ask = GeminiAsk.of(path, body, name);
        ScriptBook.Turn turn = scripts.next(ask.model());
        SimulatedAnswer answer = SimulatedAnswer.to(ask, turn.script(), turn.request());
        return played(ask, answer, turn, new GeminiWriter(ask, answer, turn), GeminiAsk.streams(path));
    }

    private List<Step> embeddings(JsonNode body) {
        EmbeddingAsk ask = EmbeddingAsk.of(body);
        ScriptBook.Turn turn = scripts.next(ask.model());
        return played(ask.asked(name), ask.answer(), turn, new EmbeddingWriter(ask, turn), false);
    }

    private List<Step> played(
            SimulatedAsk ask, SimulatedAnswer answer, ScriptBook.Turn turn, AnswerWriter writer, boolean stream) {
        LimitMeter.Metered metered = turn.charge(answer.usage());
        ScriptedFault refusal = metered.refusal();
        if (refusal != null) {
            tally.fault(refusal);
            return List.of(ReplyPlan.write(HostileReply.refusal(refusal)), new Step.Done());
        }
        ReplyPlan plan = new ReplyPlan(writer, answer, turn, metered.headers(), stream);
        ScriptedFault fault = turn.fault();
        if (fault != null) {
            tally.fault(fault);
        }
        if (fault == null || fault.fault() != SimulatedFault.STATUS) {
            tally.input(ask.inputTokens());
        }
        return fault == null ? plan.whole() : new HostileReply(plan, fault).steps();
    }

    private List<Step> models() {
        ObjectNode root = JSON.createObjectNode().put("object", "list");
        ArrayNode data = root.putArray("data");
        for (String model : scripts.models()) {
            data.addObject()
                    .put("id", model)
                    .put("object", "model")
                    .put("created", SimulatedReply.EPOCH_SECONDS)
                    .put("owned_by", name);
        }
        return json(200, root.toString());
    }

    private static List<Step> refused(int status, String message) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error").put("message", message).put("type", "invalid_request_error");
        return json(status, root.toString());
    }

    private static List<Step> json(int status, String text) {
        byte[] body = ReplyBytes.utf8(text);
        byte[] head =
                ReplyBytes.head(status, List.of("content-type: " + ReplyBytes.JSON, "content-length: " + body.length));
        return List.of(ReplyPlan.write(ReplyBytes.join(head, body)), new Step.Done());
    }

    private void play(List<Step> steps) {
        StepPlayer next = new StepPlayer(vertx, socket, steps, tally::output, this::done);
        player = next;
        next.play();
    }

    private void done(boolean whole) {
        player = null;
        if (whole) {
            tally.completed();
        } else {
            tally.dropped();
        }
        if (closing) {
            socket.close();
        } else {
            vertx.runOnContext(nothing -> serve());
        }
    }

    private void closed() {
        StepPlayer playing = player;
        if (playing != null) {
            playing.stop();
            player = null;
        }
        if (playing != null || headSeen) {
            headSeen = false;
            if (killed) {
                tally.dropped();
            } else {
                tally.aborted();
            }
        }
    }
}

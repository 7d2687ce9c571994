package dev.tierway.bootstrap.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Chat completions of a running gateway, with their decisions. */
public final class Chat {
    private static final String COMPLETIONS = "/v1/chat/completions";
    private static final String EXPLAIN = "/v1/route/explain";

    private final GatewayClient api;

    public Chat(GatewayClient api) {
        this.api = api;
    }

    /**
     * An answer.
     *
     * @param decision why it came from where it came from
     * @param chunks pieces of text it came in; 1 if it wasn't streamed
     */
    public record Answer(String text, JsonNode decision, int chunks) {}

    /**
     * @param seed makes the decision's chance repeatable; null: none
     * @throws RemoteFailure if it isn't answered
     */
    public Answer call(String address, String text, @Nullable Long seed) {
        JsonNode reply = api.post(COMPLETIONS, body(address, text, false, seed));
        String answer =
                reply.path("choices").path(0).path("message").path("content").asText("");
        return new Answer(answer, reply.path("tierway").path("selection"), 1);
    }

    /**
     * @param piece gets each piece of text as it comes
     * @throws RemoteFailure if it isn't answered, or breaks off
     */
    public Answer stream(String address, String text, @Nullable Long seed, Consumer<String> piece) {
        Pieces pieces = new Pieces(piece);
        api.stream(COMPLETIONS, body(address, text, true, seed), pieces::take);
        return pieces.answer();
    }

    /**
     * Who would be called, and why; calls nobody.
     *
     * @param whyNot a replica whose absence is to be explained too; null: none
     */
    public JsonNode explain(String address, String text, @Nullable String whyNot) {
        ObjectNode body = body(address, text, false, null);
        body.remove("tierway");
        return api.post(EXPLAIN + (whyNot == null ? "" : "?why_not=" + Urls.encoded(whyNot)), body);
    }

    private static ObjectNode body(String address, String text, boolean stream, @Nullable Long seed) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", address);
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        if (stream) {
            body.put("stream", true);
        }
        ObjectNode options = body.putObject("tierway").put("explain", true);
        if (seed != null) {
            options.put("seed", seed);
        }
        return body;
    }

    /** Puts a stream together again. */
    private static final class Pieces {
        private final Consumer<String> piece;
        private final StringBuilder text = new StringBuilder();
        private JsonNode decision = JsonNodeFactory.instance.missingNode();
        private int chunks;

        Pieces(Consumer<String> piece) {
            this.piece = piece;
        }

        void take(JsonNode chunk) {
            String delta =
                    chunk.path("choices").path(0).path("delta").path("content").asText("");
            if (!delta.isEmpty()) {
                chunks++;
                text.append(delta);
                piece.accept(delta);
            }
            JsonNode selection = chunk.path("tierway").path("selection");
            decision = selection.isObject() ? selection : decision;
        }

        Answer answer() {
            return new Answer(text.toString(), decision, chunks);
        }
    }
}

package dev.tierway.adapter.providers.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.http.StreamEvent;
import dev.tierway.adapter.providers.usage.UsageCounts;
import dev.tierway.adapter.providers.usage.UsageDialect;
import dev.tierway.adapter.providers.wire.DecodedEvent;
import dev.tierway.adapter.providers.wire.DecodedReply;
import dev.tierway.adapter.providers.wire.ReplyDecoder;
import dev.tierway.adapter.providers.wire.UsageTally;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads one answer of the Messages API, whole or in events. */
final class MessagesDecoder implements ReplyDecoder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final UsageTally tally;
    private final LongSupplier epochSeconds;
    private final UsageCounts usage = new UsageCounts(UsageDialect.ANTHROPIC);
    private final BlockEvents blocks = new BlockEvents();

    /**
     * @param tally hears what a stream's beginning reports: it holds if the rest never comes
     * @param epochSeconds the API doesn't date its answers
     */
    MessagesDecoder(UsageTally tally, LongSupplier epochSeconds) {
        this.tally = tally;
        this.epochSeconds = epochSeconds;
    }

    /** Only {@code message_stop} ends a stream. */
    @Override
    public boolean finishIsEnd() {
        return false;
    }

    @Override
    public DecodedReply whole(byte[] body) throws IOException, VendorErrorException {
        JsonNode root = JSON.readTree(body);
        String type = root.path("type").asText("");
        if (type.equals("error") || root.has("error")) {
            throw new VendorErrorException(VendorError.parse(body, 0, body.length));
        }
        if (!type.equals("message") || !root.path("content").isArray()) {
            throw new IOException("not a message");
        }
        report(root.path("usage"));
        ChatResponse.Choice choice = new ChatResponse.Choice(
                ContentDecoder.message(root.path("content"), explanation(root)),
                StopReasons.of(root.path("stop_reason").asText("")),
                text(root.path("stop_sequence")),
                List.of());
        return new DecodedReply(
                root.path("id").asText(""),
                root.path("model").asText(""),
                epochSeconds.getAsLong(),
                List.of(choice),
                usage.usage());
    }

    @Override
    public DecodedEvent event(StreamEvent event) throws IOException {
        JsonNode root = JSON.readTree(event.data(), event.offset(), event.length());
        JsonNode type = root.path("type");
        if (!type.isTextual() && root.has("error")) {
            return new DecodedEvent.Failed(VendorError.parse(event.data(), event.offset(), event.length()));
        }
        if (!type.isTextual()) {
            throw new IOException("an event without a type");
        }
        return switch (type.textValue()) {
            case "message_start" -> pieces(List.of(begin(root.path("message"))));
            case "content_block_start" -> pieces(blocks.start(root.path("index").asInt(), root.path("content_block")));
            case "content_block_delta" -> pieces(blocks.delta(root.path("index").asInt(), root.path("delta")));
            case "content_block_stop" -> pieces(blocks.stop(root.path("index").asInt()));
            case "message_delta" -> pieces(ending(root));
            case "message_stop" -> new DecodedEvent.Pieces(List.of(), true);
            case "error" -> new DecodedEvent.Failed(VendorError.parse(event.data(), event.offset(), event.length()));
            default -> DecodedEvent.NOTHING; // ping, and what is yet to come
        };
    }

    private static DecodedEvent pieces(List<ChatEvent> pieces) {
        return pieces.isEmpty() ? DecodedEvent.NOTHING : new DecodedEvent.Pieces(pieces, false);
    }

    private ChatEvent begin(JsonNode message) throws IOException {
        report(message.path("usage"));
        tally.add(0, usage.usage());
        return new ChatEvent.Begin(
                message.path("id").asText(""), message.path("model").asText(""), epochSeconds.getAsLong());
    }

    private List<ChatEvent> ending(JsonNode root) throws IOException {
        List<ChatEvent> pieces = new ArrayList<>(3);
        JsonNode delta = root.path("delta");
        String refusal = explanation(delta);
        if (!refusal.isEmpty()) {
            pieces.add(new ChatEvent.RefusalDelta(0, refusal));
        }
        String reason = delta.path("stop_reason").asText("");
        if (!reason.isEmpty() && !delta.path("stop_reason").isNull()) {
            pieces.add(new ChatEvent.Finished(0, StopReasons.of(reason), text(delta.path("stop_sequence"))));
        }
        report(root.path("usage"));
        var used = usage.usage();
        if (used != null) {
            pieces.add(new ChatEvent.Usage(used));
        }
        return pieces;
    }

    /** Why the model declined, where it says so. */
    private static String explanation(JsonNode said) {
        JsonNode words = said.path("stop_details").path("explanation");
        return words.isTextual() ? words.textValue() : "";
    }

    private void report(JsonNode reported) throws IOException {
        if (reported.isObject()) {
            try (JsonParser parser = reported.traverse()) {
                parser.nextToken();
                usage.read(parser);
            }
        }
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : null;
    }
}

package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.adapter.http.wire.RootScan;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.facade.ChatFacts;
import dev.tierway.application.facade.ChatText;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.application.port.out.WireRequest;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.routing.PrefixHashes;
import java.util.EnumSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body of the rarer formats: finds the places of the splices, then decodes it at once to learn what routing needs.
 * What can't be decoded because only its own format can say it goes to providers that speak it, and to no other.
 */
public final class DecodedScan {
    private final byte[] body;
    private final JsonCursor cursor;
    private final RootScan root;
    private boolean stream;
    private boolean usageAsked;
    private @Nullable StreamOptions options;
    private @Nullable String user;
    private @Nullable String cacheKey;
    private boolean stored;

    private DecodedScan(byte[] body) {
        this.body = body;
        this.cursor = new JsonCursor(body);
        this.root = new RootScan(body, cursor);
    }

    /**
     * @param decoder throws {@link InvalidRequestException}, with the code {@code unsupported_parameter} for what only
     *     the format itself can say
     * @throws dev.tierway.adapter.http.server.HttpProblem 400, naming the part that is wrong
     */
    public static ScannedRequest scan(byte[] body, WireFormat format, Function<byte[], ChatRequest> decoder) {
        DecodedScan scan = new DecodedScan(body);
        scan.root.scan(scan::member);
        return scan.result(format, decoder);
    }

    private void member(String name) {
        switch (name) {
            case "stream" -> stream = cursor.flag(name);
            case "stream_options" -> {
                options = StreamOptions.scan(cursor);
                usageAsked = Boolean.TRUE.equals(options.includeUsage());
            }
            case "user" -> user = cursor.optionalText(name);
            case "prompt_cache_key" -> cacheKey = cursor.optionalText(name);
            case "store" -> {
                stored = true;
                cursor.skipValue();
            }
            default -> cursor.skipValue();
        }
    }

    private ScannedRequest result(WireFormat format, Function<byte[], ChatRequest> decoder) {
        String model = root.model();
        ChatRequest chat;
        try {
            chat = decoder.apply(body);
        } catch (InvalidRequestException untranslatable) {
            if (!untranslatable.code().equals("unsupported_parameter")) {
                throw untranslatable;
            }
            RequestFacts facts = new RequestFacts(
                    stream,
                    body.length,
                    0,
                    null,
                    1,
                    EnumSet.noneOf(Capability.class),
                    null,
                    format,
                    EnumSet.of(Construct.NATIVE),
                    PrefixHashes.NONE);
            return scanned(model, facts, wire(format, () -> decoder.apply(body)), null);
        }
        return scanned(model, ChatFacts.of(chat, stream, format), wire(format, () -> chat), chat);
    }

    private ScannedRequest scanned(String model, RequestFacts facts, WireRequest wire, @Nullable ChatRequest chat) {
        return new ScannedRequest(
                model,
                root.tierwayValue(),
                stream && usageAsked,
                user,
                cacheKey,
                facts,
                new Payload.Wire(wire),
                most -> chat == null ? "" : new ChatText(chat).text(most));
    }

    private WireRequest wire(WireFormat format, Supplier<ChatRequest> neutral) {
        return new WireRequest(format, body, root.modelSpan(), root.tierwayMember(), insertion(format), neutral);
    }

    /** Responses are kept by their vendor unless it is told not to: that is said where the caller said nothing. */
    private WireRequest.@Nullable Insertion insertion(WireFormat format) {
        if (format == WireFormat.OPENAI_RESPONSES) {
            return stored ? null : new WireRequest.Insertion(root.start() + 1, "\"store\":false,");
        }
        return stream ? StreamOptions.insertion(options, root.start()) : null;
    }
}

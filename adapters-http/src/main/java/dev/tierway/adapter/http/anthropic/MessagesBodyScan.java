package dev.tierway.adapter.http.anthropic;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.wire.DecodedOnce;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.adapter.http.wire.MessageSpans;
import dev.tierway.adapter.http.wire.MessageText;
import dev.tierway.adapter.http.wire.PrefixHasher;
import dev.tierway.adapter.http.wire.RootScan;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.application.port.out.WireRequest;
import dev.tierway.domain.catalogue.Construct;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message's request in one streaming pass: checks what Tierway relies on, gathers the facts routing needs, finds
 * the places of the splices. What it doesn't know passes untouched.
 */
final class MessagesBodyScan {
    private final byte[] body;
    private final JsonCursor cursor;
    private final RootScan root;
    private final ContentScan content;
    private final SettingsScan settings;
    private final MessageSpans spans = new MessageSpans();
    private boolean stream;
    private @Nullable Long maxTokens;

    private MessagesBodyScan(byte[] body) {
        this.body = body;
        this.cursor = new JsonCursor(body);
        this.root = new RootScan(body, cursor);
        this.content = new ContentScan(cursor);
        this.settings = new SettingsScan(cursor, content);
    }

    /** @throws HttpProblem 400, naming the part that is wrong */
    static ScannedRequest scan(byte[] body, long salt) {
        MessagesBodyScan scan = new MessagesBodyScan(body);
        scan.root.scan(scan::member);
        return scan.result(salt);
    }

    private void member(String name) {
        switch (name) {
            case "messages" -> messages();
            case "system" -> content.content("system");
            case "stream" -> stream = cursor.flag(name);
            case "max_tokens" -> maxTokens = cursor.positiveInteger(name);
            default -> settings.member(name);
        }
    }

    private void messages() {
        if (cursor.token() != JsonToken.START_ARRAY) {
            throw cursor.wrongType("messages", "an array of messages");
        }
        while (cursor.advance() != JsonToken.END_ARRAY) {
            message("messages[" + spans.count() + "]");
        }
        if (spans.count() == 0) {
            throw HttpProblem.invalid("'messages' must hold at least one message.", "messages");
        }
    }

    private void message(String at) {
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw cursor.wrongType(at, "an object with 'role' and 'content'");
        }
        int start = cursor.start();
        boolean hasRole = false;
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            cursor.advance();
            switch (name) {
                case "role" -> hasRole = !cursor.requireText(at + ".role").isEmpty();
                case "content" -> content.content(at + ".content");
                default -> cursor.skipValue();
            }
        }
        if (!hasRole) {
            throw HttpProblem.invalid("'" + at + "' has no 'role'.", at + ".role");
        }
        spans.add(start, cursor.end(), content.textBytes());
    }

    private ScannedRequest result(long salt) {
        String model = root.model();
        root.require("messages");
        // Reasoning of others would break a body sent to Anthropic as it is: it goes translated, without.
        boolean asItIs = !content.uses().contains(Construct.UNSIGNED_REASONING) && !content.foreignSignature();
        RequestFacts facts = new RequestFacts(
                stream,
                content.textBytes() + settings.schemaBytes(),
                content.mediaTokens(),
                maxTokens,
                1,
                content.needs(),
                content.signatureDomain(),
                asItIs ? WireFormat.ANTHROPIC_MESSAGES : null,
                content.uses(),
                PrefixHasher.hash(body, spans, settings.toolsStart(), settings.toolsEnd(), salt));
        DecodedOnce decoded = new DecodedOnce(body, MessagesRequestDecoder::decode);
        Payload payload = asItIs
                ? new Payload.Wire(new WireRequest(
                        WireFormat.ANTHROPIC_MESSAGES, body, root.modelSpan(), root.tierwayMember(), null, decoded))
                : new Payload.Neutral(decoded.get());
        MessageText text = new MessageText(body, spans);
        return new ScannedRequest(model, root.tierwayValue(), true, settings.user(), null, facts, payload, text::tail);
    }
}

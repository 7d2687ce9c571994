package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.wire.DecodedOnce;
import dev.tierway.adapter.http.wire.JsonCursor;
import dev.tierway.adapter.http.wire.RootScan;
import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.application.port.out.WireRequest;
import dev.tierway.application.rules.TextTail;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.UseCase;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request for embeddings in one pass, as {@link ChatBodyScan} does a chat's. */
final class EmbeddingBodyScan {
    private static final String TIER = "tier:";

    private final byte[] body;
    private final JsonCursor cursor;
    private final RootScan root;
    private final RequestTraits traits = new RequestTraits();
    private long textBytes;
    /** Given as such, for one model's tokenizer. */
    private long tokens;

    private @Nullable Long dimensions;
    private @Nullable String user;
    private boolean base64;

    private EmbeddingBodyScan(byte[] body) {
        this.body = body;
        this.cursor = new JsonCursor(body);
        this.root = new RootScan(body, cursor);
        traits.use(Construct.EMBEDDINGS);
    }

    /** @throws HttpProblem 400, naming the part that is wrong */
    static ScannedRequest scan(byte[] body) {
        EmbeddingBodyScan scan = new EmbeddingBodyScan(body);
        scan.root.scan(scan::member);
        return scan.result();
    }

    static boolean asksForBase64(byte[] body) {
        EmbeddingBodyScan scan = new EmbeddingBodyScan(body);
        scan.root.scan(scan::member);
        return scan.base64;
    }

    private void member(String name) {
        switch (name) {
            case "input" -> input();
            case "dimensions" -> {
                dimensions = cursor.positiveInteger(name);
                traits.use(dimensions != null, Construct.DIMENSIONS);
            }
            case "encoding_format" -> encoding(cursor.optionalText(name));
            case "input_type" -> traits.use(cursor.optionalText(name) != null, Construct.INPUT_TYPE);
            case "user" -> {
                user = cursor.optionalText(name);
                traits.use(user != null, Construct.USER);
            }
            default -> {
                traits.use(cursor.given(), Construct.OTHER);
                cursor.skipValue();
            }
        }
    }

    private void encoding(@Nullable String format) {
        base64 = "base64".equals(format);
        if (format != null && !base64 && !format.equals("float")) {
            traits.use(Construct.NATIVE);
        }
    }

    private void input() {
        if (cursor.token() == JsonToken.VALUE_STRING) {
            textBytes = cursor.utf8Bytes();
            return;
        }
        if (cursor.token() != JsonToken.START_ARRAY) {
            throw cursor.wrongType("input", "a string, or an array of strings or of tokens");
        }
        int count = 0;
        while (cursor.advance() != JsonToken.END_ARRAY) {
            count++;
            element();
        }
        if (count == 0) {
            throw HttpProblem.invalid("'input' must hold at least one text.", "input");
        }
        traits.use(tokens > 0, Construct.NATIVE);
    }

    private void element() {
        switch (cursor.token()) {
            case VALUE_STRING -> textBytes += cursor.utf8Bytes();
            case VALUE_NUMBER_INT -> tokens++;
            case START_ARRAY -> {
                while (cursor.advance() != JsonToken.END_ARRAY) {
                    if (cursor.token() != JsonToken.VALUE_NUMBER_INT) {
                        throw cursor.wrongType("input", "an array of strings or of tokens");
                    }
                    tokens++;
                }
            }
            default -> throw cursor.wrongType("input", "an array of strings or of tokens");
        }
    }

    private ScannedRequest result() {
        String model = root.model();
        root.require("input");
        RequestFacts facts = RequestFacts.ofEmbeddings(
                textBytes,
                tokens,
                WireFormat.OPENAI_EMBEDDINGS,
                traits.uses(),
                dimensions == null ? null : Math.toIntExact(dimensions));
        Payload.Wire payload = new Payload.Wire(new WireRequest(
                WireFormat.OPENAI_EMBEDDINGS,
                body,
                root.modelSpan(),
                root.tierwayMember(),
                null,
                new DecodedOnce(body, EmbeddingRequestDecoder::decode)));
        return new ScannedRequest(
                address(model), root.tierwayValue(), false, user, null, facts, payload, most -> text(payload, most));
    }

    /** A tier alone means its use case {@code embed} here. */
    private static String address(String model) {
        return model.startsWith(TIER) && model.indexOf('/') < 0 ? model + "/" + UseCase.EMBED : model;
    }

    private String text(Payload payload, int mostBytes) {
        if (tokens > 0) {
            return "";
        }
        TextTail tail = new TextTail(mostBytes);
        for (String input : payload.embeddings().inputs().reversed()) {
            if (tail.full()) {
                break;
            }
            tail.precede(input);
        }
        return tail.text();
    }
}

package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.wire.DecodedOnce;
import dev.tierway.adapter.http.wire.JsonCursor;
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
 * Reads a chat completion's body in one streaming pass: checks what Tierway relies on, gathers the facts routing needs,
 * finds the places of the splices. What it doesn't know passes untouched.
 */
public final class ChatBodyScan {
    private static final int MAX_CHOICES = 128;

    private final byte[] body;
    private final JsonCursor cursor;
    private final RequestTraits traits = new RequestTraits();
    private final NeedsScan needs;
    private final ParameterScan parameters;
    private final RootScan root;
    private final MessagesScan messages;
    private @Nullable StreamOptions streamOptions;
    private boolean stream;
    private @Nullable Long maxTokens;
    private @Nullable Long maxCompletionTokens;
    private @Nullable Long choices;
    private @Nullable String user;
    private @Nullable String cacheKey;

    private ChatBodyScan(byte[] body) {
        this.body = body;
        this.cursor = new JsonCursor(body);
        this.root = new RootScan(body, cursor);
        this.needs = new NeedsScan(cursor, traits);
        this.parameters = new ParameterScan(cursor, traits);
        this.messages = new MessagesScan(cursor, body, traits);
    }

    /**
     * @param body never changed, and kept
     * @param salt of the caller, for the prefix hashes
     * @throws HttpProblem 400, naming the part that is wrong
     */
    public static ScannedRequest scan(byte[] body, long salt) {
        ChatBodyScan scan = new ChatBodyScan(body);
        scan.root.scan(scan::member);
        return scan.result(salt);
    }

    private void member(String name) {
        switch (name) {
            case "messages" -> messages.scan();
            case "stream" -> stream = cursor.flag(name);
            case "stream_options" -> streamOptions = StreamOptions.scan(cursor);
            case "max_tokens" -> maxTokens = cursor.positiveInteger(name);
            case "max_completion_tokens" -> maxCompletionTokens = cursor.positiveInteger(name);
            case "n" -> choices();
            case "user" -> {
                user = cursor.optionalText(name);
                traits.use(user != null, Construct.USER);
            }
            case "prompt_cache_key" -> {
                cacheKey = cursor.optionalText(name);
                traits.use(cacheKey != null, Construct.OTHER);
            }
            case "tools", "functions" -> needs.tools(name);
            case "response_format" -> needs.responseFormat();
            case "reasoning_effort" -> needs.reasoningEffort();
            case "modalities" -> needs.modalities();
            default -> parameters.scan(name);
        }
    }

    private void choices() {
        choices = cursor.positiveInteger("n");
        if (choices != null && choices > MAX_CHOICES) {
            throw HttpProblem.invalid("'n' must be at most " + MAX_CHOICES + ".", "n");
        }
        traits.use(choices != null && choices > 1, Construct.CHOICES);
    }

    private ScannedRequest result(long salt) {
        String model = root.model();
        root.require("messages");
        RequestFacts facts = new RequestFacts(
                stream,
                messages.textBytes() + needs.schemaBytes(),
                messages.mediaTokens(),
                maxCompletionTokens != null ? maxCompletionTokens : maxTokens,
                choices == null ? 1 : choices.intValue(),
                traits.needs(),
                traits.signatureDomain(),
                WireFormat.OPENAI_CHAT,
                traits.uses(),
                PrefixHasher.hash(body, messages.spans(), needs.toolsStart(), needs.toolsEnd(), salt));
        WireRequest.Insertion includeUsage = stream ? StreamOptions.insertion(streamOptions, root.start()) : null;
        WireRequest wire = new WireRequest(
                WireFormat.OPENAI_CHAT,
                body,
                root.modelSpan(),
                root.tierwayMember(),
                includeUsage,
                new DecodedOnce(body, OpenAiRequestDecoder::decode));
        boolean usageAsked = stream && streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage());
        MessageText text = new MessageText(body, messages.spans());
        return new ScannedRequest(
                model, root.tierwayValue(), usageAsked, user, cacheKey, facts, new Payload.Wire(wire), text::tail);
    }
}

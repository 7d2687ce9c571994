package dev.tierway.adapter.http.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.application.port.out.WireRequest;
import dev.tierway.domain.catalogue.Construct;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chat completion's body in one streaming pass: checks what Tierway relies on, gathers the facts routing needs,
 * finds the places of the splices. What it doesn't know passes untouched.
 */
public final class ChatBodyScan {
    private static final int MAX_CHOICES = 128;
    private static final int MAX_MEMBERS = 256;

    private final byte[] body;
    private final JsonCursor cursor;
    private final RequestTraits traits = new RequestTraits();
    private final NeedsScan needs;
    private final ParameterScan parameters;
    private final Set<String> names = new HashSet<>();
    private final MessagesScan messages;
    private int rootStart;
    private @Nullable String model;
    private WireRequest.@Nullable Span modelSpan;
    private WireRequest.@Nullable Span tierwayMember;
    private WireRequest.@Nullable Span tierwayValue;
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
        this.needs = new NeedsScan(cursor, traits);
        this.parameters = new ParameterScan(cursor, traits);
        this.messages = new MessagesScan(cursor, body, traits);
    }

    /**
     * @param body never changed, and kept
     * @param salt of the caller, for the prefix hashes
     * @throws HttpProblem 400, naming the part that is wrong
     */
    public static ScannedChat scan(byte[] body, long salt) {
        ChatBodyScan scan = new ChatBodyScan(body);
        scan.root();
        return scan.result(salt);
    }

    private void root() {
        if (cursor.next() != JsonToken.START_OBJECT) {
            throw HttpProblem.invalid("The body must be a JSON object.", null);
        }
        rootStart = cursor.start();
        while (cursor.advance() != JsonToken.END_OBJECT) {
            String name = cursor.text();
            if (!names.add(name)) {
                throw HttpProblem.invalid("'" + shown(name) + "' is given twice.", shown(name));
            }
            if (names.size() > MAX_MEMBERS) {
                throw HttpProblem.invalid("The body has more than " + MAX_MEMBERS + " members.", null);
            }
            int nameStart = cursor.start();
            cursor.advance();
            member(name, nameStart);
        }
        if (cursor.next() != null) {
            throw HttpProblem.invalid("Something follows the body's JSON object.", null);
        }
    }

    private static String shown(String name) {
        return name.length() > 64 ? name.substring(0, 64) + "…" : name;
    }

    private void member(String name, int nameStart) {
        switch (name) {
            case "model" -> model();
            case "messages" -> messages.scan();
            case "tierway" -> tierway(nameStart);
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

    private void model() {
        int start = cursor.start();
        String named = cursor.requireText("model");
        if (named.isBlank()) {
            throw HttpProblem.invalid("'model' must not be empty; try 'tier:mid/chat'.", "model");
        }
        model = named;
        modelSpan = new WireRequest.Span(start, cursor.end());
    }

    private void tierway(int nameStart) {
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw cursor.wrongType("tierway", "an object of options");
        }
        int start = cursor.start();
        cursor.skipValue();
        tierwayValue = new WireRequest.Span(start, cursor.end());
        tierwayMember = MemberSpan.withComma(body, nameStart, cursor.end());
    }

    private void choices() {
        choices = cursor.positiveInteger("n");
        if (choices != null && choices > MAX_CHOICES) {
            throw HttpProblem.invalid("'n' must be at most " + MAX_CHOICES + ".", "n");
        }
        traits.use(choices != null && choices > 1, Construct.CHOICES);
    }

    private ScannedChat result(long salt) {
        if (model == null || modelSpan == null) {
            throw HttpProblem.invalid("'model' is missing; try 'tier:mid/chat'.", "model");
        }
        if (!names.contains("messages")) {
            throw HttpProblem.invalid("'messages' is missing.", "messages");
        }
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
                PrefixHasher.hash(body, messages, needs.toolsStart(), needs.toolsEnd(), salt));
        WireRequest.Insertion includeUsage = stream ? StreamOptions.insertion(streamOptions, rootStart) : null;
        WireRequest wire = new WireRequest(
                WireFormat.OPENAI_CHAT, body, modelSpan, tierwayMember, includeUsage, new DecodedOnce(body));
        boolean usageAsked = stream && streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage());
        return new ScannedChat(model, tierwayValue, usageAsked, user, cacheKey, facts, wire, messages.text());
    }
}

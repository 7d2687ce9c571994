package dev.tierway.application.plugin.builtin;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Role;
import dev.tierway.application.plugin.Plugin;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.domain.call.PluginStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bounds what one chat request may ask for: tokens of the answer, messages of the conversation. */
public final class RequestLimits implements Plugin {
    public static final String NAME = "limits";

    private final @Nullable Long maxTokens;
    private final @Nullable Integer maxMessages;
    private final boolean cap;

    /**
     * @param maxTokens most tokens of an answer; null: any number
     * @param maxMessages most messages; null: any number
     * @param cap whether requests beyond are cut down to the limit, else they are denied
     */
    public RequestLimits(@Nullable Long maxTokens, @Nullable Integer maxMessages, boolean cap) {
        this.maxTokens = maxTokens;
        this.maxMessages = maxMessages;
        this.cap = cap;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<PluginStage> stages() {
        return Set.of(PluginStage.BEFORE_ROUTING);
    }

    @Override
    public RequestVerdict beforeRouting(PluginCall call) {
        Long asked = call.command().facts().maxOutput();
        boolean fits = maxTokens == null || (asked == null ? !cap : asked <= maxTokens);
        // Only what must be looked into is decoded.
        if ((fits && maxMessages == null) || !(call.request() instanceof ChatRequest chat)) {
            return RequestVerdict.go();
        }
        List<String> words = new ArrayList<>();
        Long tokens = chat.maxOutputTokens();
        boolean tooLong = maxTokens != null && (tokens == null ? cap : tokens > maxTokens);
        boolean tooMany = maxMessages != null && chat.messages().size() > maxMessages;
        if (tooLong) {
            words.add(cap ? "max tokens " + maxTokens : "asks for " + tokens + " tokens, allowed are " + maxTokens);
        }
        if (tooMany) {
            words.add(
                    cap
                            ? "the latest " + maxMessages + " messages"
                            : "has " + chat.messages().size() + " messages, allowed are " + maxMessages);
        }
        if (words.isEmpty()) {
            return RequestVerdict.go();
        }
        return cap
                ? RequestVerdict.change(
                        within(chat, tooLong ? maxTokens : tokens, tooMany ? latest(chat.messages()) : chat.messages()),
                        "cut to " + String.join(" and ", words))
                : RequestVerdict.deny("the request " + String.join(" and ", words));
    }

    /** System messages stay; of the others the latest, but no tool's result without the call it answers. */
    private List<ChatMessage> latest(List<ChatMessage> messages) {
        List<ChatMessage> kept = new ArrayList<>(
                messages.stream().filter(PromptInjection::instructs).toList());
        List<ChatMessage> others =
                messages.stream().filter(one -> !PromptInjection.instructs(one)).toList();
        int room = Math.max(1, (maxMessages == null ? messages.size() : maxMessages) - kept.size());
        int from = Math.max(0, others.size() - room);
        while (from < others.size() - 1 && others.get(from).role() == Role.TOOL) {
            from++;
        }
        kept.addAll(others.subList(from, others.size()));
        return kept;
    }

    static ChatRequest within(ChatRequest chat, @Nullable Long tokens, List<ChatMessage> messages) {
        return new ChatRequest(
                messages,
                chat.tools(),
                chat.toolChoice(),
                chat.parallelToolCalls(),
                chat.responseFormat(),
                chat.sampling(),
                tokens,
                chat.choices(),
                chat.reasoning(),
                chat.user(),
                chat.topLogProbs(),
                chat.metadata(),
                chat.serviceTier(),
                chat.toolsCached(),
                chat.extra());
    }
}

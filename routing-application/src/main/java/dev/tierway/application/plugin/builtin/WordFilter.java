package dev.tierway.application.plugin.builtin;

import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.plugin.FinishedReply;
import dev.tierway.application.plugin.Plugin;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.ReplyVerdict;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.PluginStage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Denies calls whose text holds what is blocked; unary answers, too, if it is asked after the reply. */
public final class WordFilter implements Plugin {
    public static final String NAME = "word-filter";

    private final WordList blocked;
    private final List<SpanFinder> patterns;
    private final boolean answers;

    /**
     * @param patterns whose matches are blocked as well
     * @param answers whether answers are looked at
     */
    public WordFilter(WordList blocked, List<SpanFinder> patterns, boolean answers) {
        this.blocked = blocked;
        this.patterns = List.copyOf(patterns);
        this.answers = answers;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<PluginStage> stages() {
        return answers
                ? Set.of(PluginStage.BEFORE_ROUTING, PluginStage.AFTER_REPLY)
                : Set.of(PluginStage.BEFORE_ROUTING);
    }

    @Override
    public boolean readsReplies() {
        return answers;
    }

    @Override
    public RequestVerdict beforeRouting(PluginCall call) {
        String found = found(call.text());
        return found == null ? RequestVerdict.go() : RequestVerdict.deny("the request holds " + found);
    }

    @Override
    public ReplyVerdict afterReply(PluginCall call, FinishedReply reply) {
        if (!(reply.unary() instanceof ReplyEvent.Whole(ChatResponse answer))) {
            return ReplyVerdict.keep();
        }
        for (ChatResponse.Choice choice : answer.choices()) {
            String found = found(choice.message().text());
            if (found != null) {
                return ReplyVerdict.deny("the answer holds " + found);
            }
        }
        return ReplyVerdict.keep();
    }

    /** In words that don't repeat what was found. */
    private @Nullable String found(String text) {
        if (blocked.firstIn(text) != null) {
            return "a blocked word";
        }
        for (SpanFinder pattern : patterns) {
            if (!pattern.in(text).isEmpty()) {
                return "what a blocked pattern describes";
            }
        }
        return null;
    }
}

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
import java.util.Locale;
import java.util.Set;

/** Gives chats a system message of the operator's. */
public final class PromptInjection implements Plugin {
    public static final String NAME = "prompt";

    private final String text;
    private final How how;

    /** Where the operator's text goes. */
    public enum How {
        /** Before what the caller says to the model as the system. */
        PREPEND,
        /** After it. */
        APPEND,
        /** In its place. */
        REPLACE;

        /** The word in configuration. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PromptInjection(String text, How how) {
        this.text = text;
        this.how = how;
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
        if (!(call.request() instanceof ChatRequest chat)) {
            return RequestVerdict.go();
        }
        List<ChatMessage> messages = new ArrayList<>();
        ChatMessage ours = ChatMessage.system(text);
        if (how != How.APPEND) {
            messages.add(ours);
        }
        int systems = 0;
        for (ChatMessage message : chat.messages()) {
            boolean system = instructs(message);
            if (system && how == How.REPLACE) {
                continue;
            }
            messages.add(message);
            systems = system && systems == messages.size() - 1 ? messages.size() : systems;
        }
        if (how == How.APPEND) {
            messages.add(systems, ours);
        }
        return RequestVerdict.change(
                RequestLimits.within(chat, chat.maxOutputTokens(), messages), "system message: " + how.id());
    }

    /** Whether it tells the model how to behave. */
    static boolean instructs(ChatMessage message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }
}

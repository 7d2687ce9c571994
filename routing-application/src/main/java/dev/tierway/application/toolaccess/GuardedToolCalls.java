package dev.tierway.application.toolaccess;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.facade.ChatFacts;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.Operation;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.rights.KeyRights;
import dev.tierway.domain.catalogue.Capability;
import java.util.List;

/**
 * Calls whose tools the caller runs itself: those it may not use aren't offered, and what the model asks of them all the same
 * doesn't get through. Without rules, calls go on as they are, byte for byte.
 */
public final class GuardedToolCalls implements CallAddress {
    private final CallAddress calls;
    private final ToolAccess access;

    public GuardedToolCalls(CallAddress calls, ToolAccess access) {
        this.calls = calls;
        this.access = access;
    }

    @Override
    public CallHandle call(CallCommand said, ReplySink sink) {
        CallCommand command = KeyRights.fixed(said);
        boolean tools = command.payload().operation() == Operation.CHAT
                && command.facts().needs().contains(Capability.TOOLS);
        if (!tools || access.inForce().allowAll()) {
            return calls.call(command, sink);
        }
        Who who = new Who(command.key(), command.options().agent());
        ChatRequest asked = command.payload().chat();
        List<String> denied =
                access.deniedOf(asked.tools().stream().map(ToolDefinition::name).toList(), who);
        ChatRequest allowed = denied.isEmpty() ? asked : without(denied, asked);
        // What the model asks for can be looked at in neutral types alone.
        CallCommand neutral =
                command.with(new Payload.Neutral(allowed), ChatFacts.of(allowed, command.facts().stream()));
        return calls.call(neutral, new GuardedReply(sink, access, who, denied));
    }

    private static ChatRequest without(List<String> denied, ChatRequest asked) {
        List<ToolDefinition> left = asked.tools().stream()
                .filter(tool -> !denied.contains(tool.name()))
                .toList();
        ToolChoice choice = asked.toolChoice();
        boolean gone = choice instanceof ToolChoice.Tool(String name) && denied.contains(name);
        return new ChatRequest(
                asked.messages(),
                left,
                left.isEmpty() || gone ? null : choice,
                left.isEmpty() ? null : asked.parallelToolCalls(),
                asked.responseFormat(),
                asked.sampling(),
                asked.maxOutputTokens(),
                asked.choices(),
                asked.reasoning(),
                asked.user(),
                asked.topLogProbs(),
                asked.metadata(),
                asked.serviceTier(),
                left.isEmpty() ? null : asked.toolsCached(),
                asked.extra());
    }
}

package dev.tierway.adapter.providers;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What a model may have answered: thoughts with their signatures, sealed ones, text, calls of tools. */
public final class Turns {
    private Turns() {}

    /** @param vendor who signed the thoughts */
    public static Arbitrary<ChatMessage> of(String vendor) {
        Arbitrary<String> text =
                Arbitraries.strings().withChars("aü€ \"\\\n:{}").ofMaxLength(8).map(words -> "😀" + words);
        Arbitrary<String> signature =
                Arbitraries.strings().alpha().withChars("+/=:").ofMinLength(1).ofMaxLength(12);
        Arbitrary<Part> thought = Combinators.combine(text, signature)
                .as((words, seal) -> (Part) new Part.Reasoning(words, seal, vendor));
        Arbitrary<Part> sealed = signature.map(data -> new Part.SealedReasoning(data, vendor));
        Arbitrary<Part> said = text.map(Part.Text::new);
        return Combinators.combine(
                        Arbitraries.oneOf(thought, sealed).list().ofMaxSize(2),
                        said.list().ofMinSize(1).ofMaxSize(2),
                        text.list().ofMaxSize(3))
                .as(Turns::turn);
    }

    private static ChatMessage turn(List<Part> thoughts, List<Part> said, List<String> arguments) {
        List<Part> parts = new ArrayList<>(thoughts);
        parts.addAll(said);
        List<ToolCall> calls = new ArrayList<>();
        for (String argument : arguments) {
            String quoted = argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            calls.add(new ToolCall("call_" + calls.size(), "f", new JsonText("{\"a\":\"" + quoted + "\"}")));
        }
        return new ChatMessage(Role.ASSISTANT, parts, null, calls, null);
    }
}

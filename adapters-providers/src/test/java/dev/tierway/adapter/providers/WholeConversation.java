package dev.tierway.adapter.providers;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import java.util.List;

/** A request that says nearly everything at once, for bodies that are compared with vendors' own types. */
public final class WholeConversation {
    private static final JsonText SCHEMA =
            new JsonText("{\"type\":\"object\",\"properties\":{\"at\":{\"type\":\"integer\"}},\"required\":[\"at\"]}");

    private WholeConversation() {}

    /**
     * The request, to which a vendor's own may be added.
     *
     * @param vendor who signed the thoughts in it
     */
    public static ChatRequest.Builder with(String vendor) {
        return ChatRequest.builder()
                .system("be brief")
                .message(said(
                        Role.USER,
                        new Part.Text("what are these?"),
                        new Part.Image("image/png", "QUJD", null),
                        new Part.ImageUrl("https://a.example/b.png", null),
                        new Part.File("report.pdf", "application/pdf", "QUJD")))
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(new Part.Reasoning("I will look", "c2ln", vendor), new Part.Text("Looking.")),
                        null,
                        List.of(
                                new ToolCall("call_1", "look", new JsonText("{\"at\":1}")),
                                new ToolCall("call_2", "look", new JsonText("{\"at\":2}"))),
                        null))
                .message(ChatMessage.toolResult("call_1", "a cat"))
                .message(ChatMessage.toolResult("call_2", "a dog"))
                .message(said(Role.ASSISTANT, new Part.Text("A cat and a dog.")))
                .user("sure?")
                .tool(new ToolDefinition("look", "looks", SCHEMA, true))
                .tool(new ToolDefinition("rest", null, null, null))
                .toolChoice(new ToolChoice.Tool("look"))
                .parallelToolCalls(false)
                .responseFormat(new ResponseFormat.JsonSchema("animals", SCHEMA, true))
                .sampling(new Sampling(0.5, 0.9, null, null, null, null, List.of("END", "STOP")))
                .reasoningEffort("low")
                .endUser("u-1")
                .maxOutputTokens(3000L);
    }

    private static ChatMessage said(Role role, Part... parts) {
        return new ChatMessage(role, List.of(parts), null, List.of(), null);
    }
}

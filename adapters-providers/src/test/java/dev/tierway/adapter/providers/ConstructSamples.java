package dev.tierway.adapter.providers;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Extra;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.domain.catalogue.Construct;
import java.util.List;
import java.util.Map;

/** For each construct a request that says it, and one that differs in nothing else. */
public record ConstructSamples(ChatRequest said, ChatRequest unsaid) {
    /** Constructs that a neutral chat request can say. */
    public static boolean canBeSaid(Construct construct) {
        return !construct.ofEmbeddings() && !construct.untranslatable() && construct != Construct.AUDIO_OUTPUT;
    }

    public static ConstructSamples of(Construct construct) {
        return switch (construct) {
            case IMAGE_URL -> part(Role.USER, new Part.ImageUrl("https://a/b", null));
            case AUDIO -> part(Role.USER, new Part.Audio("wav", "QUJD"));
            case FILE -> part(Role.USER, new Part.File("f", "text/csv", "QUJD"));
            case FILE_URL -> part(Role.USER, new Part.FileUrl(null, null, "https://a/b"));
            case UNSIGNED_REASONING -> part(Role.ASSISTANT, new Part.Reasoning("r", null, null));
            case CITATIONS -> part(Role.ASSISTANT, new Part.Citation("https://a", "t", "q", 0, 1));
            case CACHE_CONTROL -> part(Role.USER, new Part.CachePoint(null));
            case TOOLS -> pair(plain(), ChatRequest.builder().user("x"));
            case JSON_SCHEMA ->
                pair(plain().responseFormat(new ResponseFormat.JsonSchema("s", JsonText.EMPTY_OBJECT, null)), plain());
            case JSON_MODE -> pair(plain().responseFormat(new ResponseFormat.JsonObject()), plain());
            case TOOL_CHOICE -> pair(plain().toolChoice(new ToolChoice.Required()), plain());
            case PARALLEL_TOOL_CALLS -> pair(plain().parallelToolCalls(false), plain());
            case STRICT_TOOLS ->
                pair(
                        ChatRequest.builder().user("x").tool(new ToolDefinition("t", "d", JsonText.EMPTY_OBJECT, true)),
                        plain());
            case FAILED_TOOL_RESULT ->
                pair(
                        plain().message(ChatMessage.toolFailure("c", "no")),
                        plain().message(ChatMessage.toolResult("c", "no")));
            case REASONING_EFFORT -> pair(plain().reasoningEffort("high"), plain());
            case REASONING_BUDGET -> pair(plain().reasoning(new Reasoning(null, 2_000L, null)), plain());
            case TEMPERATURE -> sampling(new Sampling(1.0, null, null, null, null, null, List.of()));
            case TOP_P -> sampling(new Sampling(null, 1.0, null, null, null, null, List.of()));
            case TOP_K -> sampling(new Sampling(null, null, 1L, null, null, null, List.of()));
            case FREQUENCY_PENALTY -> sampling(new Sampling(null, null, null, 1.0, null, null, List.of()));
            case PRESENCE_PENALTY -> sampling(new Sampling(null, null, null, null, 1.0, null, List.of()));
            case SEED -> sampling(new Sampling(null, null, null, null, null, 1L, List.of()));
            case STOP -> sampling(new Sampling(null, null, null, null, null, null, List.of("E")));
            case LOG_PROBS -> pair(plain().topLogProbs(2), plain());
            case CHOICES -> pair(plain().choices(2), plain());
            case USER -> pair(plain().endUser("u"), plain());
            case METADATA -> pair(plain().metadata(Map.of("a", "b")), plain());
            case SERVICE_TIER -> pair(plain().serviceTier("flex"), plain());
            case SPEAKER_NAME ->
                pair(
                        plain().message(new ChatMessage(
                                Role.USER, List.of(new Part.Text("y")), "Ann", List.of(), null)),
                        plain().user("y"));
            case IMAGE_DETAIL ->
                pair(
                        plain().message(message(Role.USER, new Part.Image("image/png", "QUJD", "low"))),
                        plain().message(message(Role.USER, new Part.Image("image/png", "QUJD", null))));
            case OTHER -> pair(plain().extra(new Extra("elsewhere", Map.of("store", new JsonText("true")))), plain());
            case FILE_ID, NATIVE, EMBEDDINGS, DIMENSIONS, INPUT_TYPE, AUDIO_OUTPUT ->
                throw new IllegalArgumentException("no chat request in neutral types says " + construct);
        };
    }

    private static ChatRequest.Builder plain() {
        return ChatRequest.builder().user("x").tool(new ToolDefinition("t", "d", JsonText.EMPTY_OBJECT, null));
    }

    private static ConstructSamples part(Role role, Part part) {
        return pair(
                plain().message(message(role, new Part.Text("y"), part)),
                plain().message(message(role, new Part.Text("y"))));
    }

    private static ChatMessage message(Role role, Part... parts) {
        return new ChatMessage(role, List.of(parts), null, List.of(), null);
    }

    private static ConstructSamples sampling(Sampling how) {
        return pair(plain().sampling(how), plain());
    }

    private static ConstructSamples pair(ChatRequest.Builder said, ChatRequest.Builder unsaid) {
        return new ConstructSamples(said.build(), unsaid.build());
    }
}

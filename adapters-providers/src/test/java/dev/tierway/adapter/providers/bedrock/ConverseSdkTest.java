package dev.tierway.adapter.providers.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.wire.DecodedReply;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SimpleSubscriber;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultStatus;
import software.amazon.awssdk.utils.async.SimplePublisher;

/** Amazon's own client says the same as we do, in the same bytes, and reads our tests' replies as we mean them. */
class ConverseSdkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL =
            "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-6";
    private static final String REPLY = """
        {"metrics":{"latencyMs":5},"output":{"message":{"role":"assistant","content":[
         {"reasoningContent":{"reasoningText":{"text":"hm","signature":"SIG"}}},{"text":"Sun."},
         {"toolUse":{"toolUseId":"c1","name":"weather","input":{"city":"Bern"}}}]}},
         "stopReason":"tool_use","usage":{"inputTokens":10,"outputTokens":5,"totalTokens":35,
         "cacheReadInputTokens":12,"cacheWriteInputTokens":8}}\
        """;

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

    private final List<HttpExecuteRequest> sent = new ArrayList<>();

    /** Answers without a network. */
    private final class Wire implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            sent.add(request);
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpFullResponse.builder()
                                    .statusCode(200)
                                    .putHeader("content-type", "application/json")
                                    .build())
                            .responseBody(AbortableInputStream.create(
                                    new ByteArrayInputStream(REPLY.getBytes(StandardCharsets.UTF_8))))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }

    private ConverseResponse said(ConverseRequest request) {
        try (BedrockRuntimeClient client = BedrockRuntimeClient.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(new Wire())
                .build()) {
            return client.converse(request);
        }
    }

    private static ChatRequest ours() {
        return ChatRequest.builder()
                .message(new ChatMessage(
                        Role.SYSTEM,
                        List.of(new Part.Text("be kind"), new Part.CachePoint("1h")),
                        null,
                        List.of(),
                        null))
                .message(new ChatMessage(
                        Role.USER,
                        List.of(
                                new Part.Text("look"),
                                new Part.Image("image/png", "QUJD", null),
                                new Part.Audio("wav", "QUJE"),
                                new Part.File("a.pdf", "application/pdf", "QUJF")),
                        null,
                        List.of(),
                        null))
                .message(new ChatMessage(
                        Role.ASSISTANT,
                        List.of(
                                new Part.Reasoning("hm", "SIG", "bedrock"),
                                new Part.SealedReasoning("QUJG", "bedrock")),
                        null,
                        List.of(new ToolCall("c1", "weather", new JsonText("{\"city\":\"Bern\"}"))),
                        null))
                .message(ChatMessage.toolFailure("c1", "no"))
                .tool(new ToolDefinition("weather", "tells it", new JsonText("{\"type\":\"object\"}"), true))
                .toolsCached(new Part.CachePoint(null))
                .toolChoice(new ToolChoice.Tool("weather"))
                .maxOutputTokens(100L)
                .sampling(new Sampling(0.5, 0.25, 40L, null, null, null, List.of("END")))
                .reasoning(new Reasoning("high", 2048L, null))
                .responseFormat(new ResponseFormat.JsonSchema("s", new JsonText("{\"type\":\"object\"}"), null))
                .metadata(Map.of("team", "search"))
                .serviceTier("flex")
                .build();
    }

    private static ConverseRequest theirs() {
        CachePointBlock hour =
                CachePointBlock.builder().type("default").ttl("1h").build();
        CachePointBlock plain = CachePointBlock.builder().type("default").build();
        Document schema = Document.mapBuilder().putString("type", "object").build();
        Message user = Message.builder()
                .role("user")
                .content(
                        ContentBlock.fromText("look"),
                        ContentBlock.fromImage(image ->
                                image.format("png").source(source -> source.bytes(SdkBytes.fromUtf8String("ABC")))),
                        ContentBlock.fromAudio(audio ->
                                audio.format("wav").source(source -> source.bytes(SdkBytes.fromUtf8String("ABD")))),
                        ContentBlock.fromDocument(document -> document.format("pdf")
                                .name("a")
                                .source(source -> source.bytes(SdkBytes.fromUtf8String("ABE")))))
                .build();
        Message assistant = Message.builder()
                .role("assistant")
                .content(
                        ContentBlock.fromReasoningContent(reasoning ->
                                reasoning.reasoningText(text -> text.text("hm").signature("SIG"))),
                        ContentBlock.fromReasoningContent(
                                reasoning -> reasoning.redactedContent(SdkBytes.fromUtf8String("ABF"))),
                        ContentBlock.fromToolUse(use -> use.toolUseId("c1")
                                .name("weather")
                                .input(Document.mapBuilder()
                                        .putString("city", "Bern")
                                        .build())))
                .build();
        Message result = Message.builder()
                .role("user")
                .content(ContentBlock.fromToolResult(tool -> tool.toolUseId("c1")
                        .content(content -> content.text("no"))
                        .status(ToolResultStatus.ERROR)))
                .build();
        return ConverseRequest.builder()
                .modelId(MODEL)
                .messages(user, assistant, result)
                .system(system -> system.text("be kind"), system -> system.cachePoint(hour))
                .inferenceConfig(config ->
                        config.maxTokens(100).temperature(0.5f).topP(0.25f).stopSequences("END"))
                .toolConfig(config -> config.tools(
                                tool -> tool.toolSpec(spec -> spec.name("weather")
                                        .description("tells it")
                                        .inputSchema(input -> input.json(schema))
                                        .strict(true)),
                                tool -> tool.cachePoint(plain))
                        .toolChoice(choice -> choice.tool(tool -> tool.name("weather"))))
                .outputConfig(output -> output.effort("high")
                        .textFormat(format -> format.type("json_schema")
                                .structure(structure -> structure.jsonSchema(
                                        json -> json.name("s").schema("{\"type\":\"object\"}")))))
                .additionalModelRequestFields(Document.mapBuilder()
                        .putNumber("top_k", 40)
                        .putDocument(
                                "thinking",
                                Document.mapBuilder()
                                        .putString("type", "enabled")
                                        .putNumber("budget_tokens", 2048)
                                        .build())
                        .build())
                .requestMetadata(Map.of("team", "search"))
                .serviceTier(tier -> tier.type("flex"))
                .build();
    }

    @Test
    void a_request_with_everything_is_the_one_amazons_client_sends() throws Exception {
        said(theirs());
        HttpExecuteRequest request = sent.getFirst();
        byte[] body = request.contentStreamProvider().orElseThrow().newStream().readAllBytes();
        assertThat(JSON.readTree(ConverseRequestEncoder.encode(ours(), MODEL))).isEqualTo(JSON.readTree(body));
        URI url = request.httpRequest().getUri();
        assertThat(url.getRawPath()).isEqualTo("/" + ModelPath.of(MODEL, false));
        assertThat(url.getHost()).isEqualTo("bedrock-runtime.eu-central-1.amazonaws.com");
        assertThat(request.httpRequest().firstMatchingHeader("authorization").orElseThrow())
                .contains("/eu-central-1/bedrock/aws4_request");
    }

    @Test
    void a_reply_means_the_same_to_amazons_client() throws Exception {
        ConverseResponse theirs = said(theirs());
        DecodedReply ours = ConverseReply.read(REPLY.getBytes(StandardCharsets.UTF_8), new ReplyNames("id", MODEL, 0));
        List<ContentBlock> blocks = theirs.output().message().content();
        ChatMessage message = ours.choices().getFirst().message();
        assertThat(message.parts())
                .containsExactly(
                        new Part.Reasoning(
                                blocks.get(0).reasoningContent().reasoningText().text(),
                                blocks.get(0).reasoningContent().reasoningText().signature(),
                                "bedrock"),
                        new Part.Text(blocks.get(1).text()));
        assertThat(message.toolCalls().getFirst().name())
                .isEqualTo(blocks.get(2).toolUse().name());
        assertThat(theirs.stopReason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(ours.usage().input())
                .isEqualTo(theirs.usage().inputTokens()
                        + theirs.usage().cacheReadInputTokens()
                        + theirs.usage().cacheWriteInputTokens());
    }

    @Test
    void our_tests_frames_are_events_to_amazons_client() throws Exception {
        List<ConverseStreamOutput> events = new ArrayList<>();
        byte[] stream = Frames.join(
                Frames.event("messageStart", "{\"role\":\"assistant\"}"),
                Frames.event(
                        "contentBlockStart",
                        "{\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"toolUseId\":\"c1\",\"name\":\"a\"}}}"),
                Frames.event(
                        "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"toolUse\":{\"input\":\"{}\"}}}"),
                Frames.event("contentBlockStop", "{\"contentBlockIndex\":0}"),
                Frames.event("messageStop", "{\"stopReason\":\"tool_use\"}"),
                Frames.metadata(3, 4));
        SdkAsyncHttpClient wire = new SdkAsyncHttpClient() {
            @Override
            public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
                request.requestContentPublisher().subscribe(new SimpleSubscriber(bytes -> {}));
                request.responseHandler()
                        .onHeaders(SdkHttpFullResponse.builder()
                                .statusCode(200)
                                .putHeader("content-type", "application/vnd.amazon.eventstream")
                                .build());
                SimplePublisher<ByteBuffer> body = new SimplePublisher<>();
                request.responseHandler().onStream(body);
                return body.send(ByteBuffer.wrap(stream)).thenCompose(sent -> body.complete());
            }

            @Override
            public void close() {}
        };
        try (BedrockRuntimeAsyncClient client = BedrockRuntimeAsyncClient.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(wire)
                .build()) {
            client.converseStream(
                            request -> request.modelId(MODEL)
                                    .messages(message -> message.role("user").content(ContentBlock.fromText("x"))),
                            ConverseStreamResponseHandler.builder()
                                    .subscriber(events::add)
                                    .build())
                    .get(30, TimeUnit.SECONDS);
        }
        assertThat(events.stream().map(event -> event.sdkEventType().toString()))
                .containsExactly(
                        "messageStart",
                        "contentBlockStart",
                        "contentBlockDelta",
                        "contentBlockStop",
                        "messageStop",
                        "metadata");
    }
}

import dev.tierway.GatewayConfig;
import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.facade.ChatStream;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyHead;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.money.TokenUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A provider of one's own: it repeats what it hears. */
final class CustomProvider {
    /** Answers at once, so there is nothing to pause or cancel. */
    private static final class Parrot implements ProviderTransport {
        @Override
        public AttemptHandle open(AttemptRequest request, AttemptSink sink) {
            String heard = request.payload().chat().messages().getLast().text();
            TokenUsage usage = TokenUsage.reported(heard.length() / 4 + 1, heard.length() / 4 + 1);
            sink.sent();
            sink.head(new ReplyHead(200, Map.of()));
            if (request.stream()) {
                for (String word : heard.split("(?<= )")) {
                    sink.event(new ReplyEvent.Piece(new ChatEvent.TextDelta(0, word)));
                }
                sink.event(new ReplyEvent.Piece(new ChatEvent.Finished(0, FinishReason.STOP)));
            } else {
                var choice = new ChatResponse.Choice(ChatMessage.assistant(heard), FinishReason.STOP);
                sink.event(new ReplyEvent.Whole(new ChatResponse("parrot-1", "echo", 0, List.of(choice), usage)));
            }
            sink.end(usage);
            return new AttemptHandle() {
                @Override
                public void request(long events) {}

                @Override
                public void cancel() {}
            };
        }

        @Override
        public void close() {}
    }

    public static void main(String[] args) {
        GatewayConfig config = GatewayConfig.load(Path.of(args.length > 0 ? args[0] : "tierway.yaml"));
        try (Tierway tierway = Tierway.builder()
                .config(config)
                .provider("parrot", new Parrot())
                .build()) {
            System.out.println(tierway.callLogicalModel("echo", ChatRequest.of("Polly wants a cracker"))
                    .response()
                    .text());
            try (ChatStream stream =
                    tierway.stream(Target.parse("echo"), ChatRequest.of("one two three"), CallOptions.NONE)) {
                int pieces = 0;
                for (ChatEvent event : stream) {
                    pieces += event instanceof ChatEvent.TextDelta ? 1 : 0;
                }
                System.out.println(stream.text() + ", in " + pieces + " pieces");
            }
        }
    }
}

import dev.tierway.GatewayConfig;
import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.error.CallDeniedException;
import dev.tierway.application.facade.Routed;
import java.nio.file.Path;

/** Configured plugins that look at every call. */
final class Guardrails {
    public static void main(String[] args) {
        GatewayConfig config = GatewayConfig.load(Path.of(args.length > 0 ? args[0] : "tierway.yaml"));
        try (Tierway tierway = Tierway.builder().config(config).build()) {
            try {
                tierway.callLogicalModel("writer", ChatRequest.of("What is secret-project about?"));
            } catch (CallDeniedException denied) {
                System.out.println(denied.httpStatus() + " " + denied.code());
            }
            Routed<ChatResponse> answer =
                    tierway.callLogicalModel("writer", ChatRequest.of("Write to ann@example.com."));
            answer.selection()
                    .plugins()
                    .forEach(act -> System.out.println(act.plugin() + " at "
                            + act.stage().id() + ": " + act.outcome().id()));
        }
    }
}

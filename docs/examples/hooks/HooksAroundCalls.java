import dev.tierway.GatewayConfig;
import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.CallDeniedException;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.Target;
import java.nio.file.Path;

/** The program looks at calls before and after. */
final class HooksAroundCalls {
    public static void main(String[] args) {
        GatewayConfig config = GatewayConfig.load(Path.of(args.length > 0 ? args[0] : "tierway.yaml"));
        try (Tierway tierway = Tierway.builder()
                .config(config)
                .onBeforeCall(call -> call.command().options().agent() == null
                        ? RequestVerdict.deny("say which agent calls")
                        : RequestVerdict.go())
                .onAfterCall((call, selection) -> System.out.println("after, attempts: " + selection.attempts()))
                .build()) {
            try {
                tierway.callLogicalModel("writer", ChatRequest.of("Who am I?"));
            } catch (CallDeniedException denied) {
                System.out.println(denied.code() + ": " + denied.getMessage());
            }
            tierway.call(
                    Target.model("writer"),
                    ChatRequest.of("Who am I?"),
                    CallOptions.builder().agent("greeter").build());
        }
    }
}

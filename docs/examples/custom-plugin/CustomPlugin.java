import dev.tierway.GatewayConfig;
import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.error.CallDeniedException;
import dev.tierway.application.facade.Routed;
import dev.tierway.application.plugin.Plugin;
import dev.tierway.application.plugin.PluginCall;
import dev.tierway.application.plugin.RequestVerdict;
import dev.tierway.domain.call.PluginStage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** A plugin of one's own: nobody shouts at models. */
final class CustomPlugin {
    private static final class Shouting implements Plugin {
        @Override
        public String name() {
            return "shouting";
        }

        @Override
        public Set<PluginStage> stages() {
            return Set.of(PluginStage.BEFORE_ROUTING);
        }

        @Override
        public boolean nonBlocking(PluginStage stage) {
            return true;
        }

        @Override
        public RequestVerdict beforeRouting(PluginCall call) {
            String said = call.command().payload().chat().messages().getLast().text();
            return said.equals(said.toUpperCase(Locale.ROOT))
                    ? RequestVerdict.deny("say it in a lower voice")
                    : RequestVerdict.go();
        }
    }

    public static void main(String[] args) {
        GatewayConfig config = GatewayConfig.load(Path.of(args.length > 0 ? args[0] : "tierway.yaml"));
        try (Tierway tierway =
                Tierway.builder().config(config).plugin(new Shouting()).build()) {
            try {
                tierway.callLogicalModel("writer", ChatRequest.of("ANSWER ME!"));
            } catch (CallDeniedException denied) {
                System.out.println(denied.getMessage());
            }
            Routed<ChatResponse> answer = tierway.callLogicalModel("writer", ChatRequest.of("Please answer me."));
            System.out.println("answered: " + !answer.response().text().isEmpty());
        }
    }
}

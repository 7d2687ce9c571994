import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.facade.Routed;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.UseCase;
import java.nio.file.Path;

/** One question at all three levels of control. */
final class Basic {
    public static void main(String[] args) {
        try (Tierway tierway = Tierway.open(Path.of(args.length > 0 ? args[0] : "tierway.yaml"))) {
            ChatRequest question = ChatRequest.of("What is a spine?");
            show("by tier", tierway.callByTier(ModelTier.MID, UseCase.CODE, question));
            show("by model", tierway.callLogicalModel("writer", question));
            show("by replica", tierway.callReplica("west/writer", question));
        }
    }

    private static void show(String how, Routed<ChatResponse> routed) {
        System.out.println(how + ": " + DecisionExplainer.summary(routed.selection()));
    }
}

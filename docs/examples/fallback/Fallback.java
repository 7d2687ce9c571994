import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.Target;
import java.nio.file.Path;

/** The route's first model fails, its second answers; without spillover the caller is told. */
final class Fallback {
    public static void main(String[] args) {
        try (Tierway tierway = Tierway.open(Path.of(args.length > 0 ? args[0] : "tierway.yaml"))) {
            ChatRequest question = ChatRequest.of("Where is my parcel?");
            var routed = tierway.call(Target.parse("support"), question, CallOptions.NONE);
            System.out.println(
                    routed.selection().attempts() + " attempts: " + DecisionExplainer.summary(routed.selection()));
            try {
                tierway.call(Target.parse("strict"), question, CallOptions.NONE);
            } catch (TierwayException failed) {
                System.out.println(failed.httpStatus() + " " + failed.code() + " after "
                        + failed.selection().map(Selection::attempts).orElse(0) + " attempt");
            }
        }
    }
}

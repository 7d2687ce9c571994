import dev.tierway.GatewayConfig;
import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.facade.ChatStream;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.UseCase;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Without a server: a dry run, a whole answer, a stream, a call without waiting, a listener, and how the fleet did. */
final class Embedded {
    public static void main(String[] args) {
        AtomicInteger finished = new AtomicInteger();
        RoutingListener listener = new RoutingListener() {
            @Override
            public void finished(Selection selection) {
                finished.incrementAndGet(); // must not block
            }
        };
        GatewayConfig config = GatewayConfig.load(Path.of(args.length > 0 ? args[0] : "tierway.yaml"));
        ChatRequest question = ChatRequest.of("What is a leaky bucket?");
        try (Tierway tierway =
                Tierway.builder().config(config).listener(listener).build()) {
            Target code = Target.tier(ModelTier.MID, UseCase.CODE);
            Selection would = tierway.explain(code, question, CallOptions.NONE);
            System.out.println("dry run: " + DecisionExplainer.summary(would));

            var routed = tierway.call(code, question, CallOptions.NONE);
            System.out.println("whole: " + DecisionExplainer.summary(routed.selection()));

            try (ChatStream stream = tierway.stream(Target.parse("tier:small"), question, CallOptions.NONE)) {
                int pieces = 0;
                for (ChatEvent event : stream) {
                    pieces += event instanceof ChatEvent.TextDelta ? 1 : 0;
                }
                System.out.println("streamed: " + (pieces > 1 ? "in pieces" : "at once") + " from "
                        + DecisionExplainer.summary(stream.selection()));
            }

            tierway.callAsync(Target.model("little"), question, CallOptions.NONE)
                    .thenAccept(answer -> System.out.println("later: " + DecisionExplainer.summary(answer.selection())))
                    .join();

            tierway.fleet()
                    .replicas()
                    .forEach(replica -> System.out.println(replica.id() + ": " + replica.calls() + " attempts"));
        }
        System.out.println("heard of " + finished.get() + " calls");
    }
}

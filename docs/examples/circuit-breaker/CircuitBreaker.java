import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.domain.call.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Three failures open the circuit; while it is open nobody tries; a probe closes it. */
final class CircuitBreaker {
    public static void main(String[] args) {
        try (Tierway tierway = Tierway.open(Path.of(args.length > 0 ? args[0] : "tierway.yaml"))) {
            for (int call = 1; call <= 4; call++) {
                Selection selection = ask(tierway);
                System.out.println(
                        "call " + call + ", " + selection.attempts() + " attempts, circuit " + circuit(tierway));
            }
            Selection selection = ask(tierway);
            while (!DecisionExplainer.summary(selection).startsWith("shaky")) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                selection = ask(tierway);
            }
            System.out.println("probed: " + DecisionExplainer.summary(selection));
        }
    }

    private static Selection ask(Tierway tierway) {
        return tierway.callLogicalModel("writer", ChatRequest.of("hello")).selection();
    }

    private static String circuit(Tierway tierway) {
        return tierway.fleet().replicas().getFirst().circuit();
    }
}

import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.facade.Routed;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Four hundred calls at once, and how many went where. */
final class LoadBalancing {
    private static final int CALLS = 400;

    public static void main(String[] args) {
        try (Tierway tierway = Tierway.open(Path.of(args.length > 0 ? args[0] : "tierway.yaml"))) {
            List<CompletableFuture<? extends Routed<?>>> calls = new ArrayList<>();
            for (int n = 0; n < CALLS; n++) {
                calls.add(tierway.callAsync(Target.parse("writer"), ChatRequest.of("hello"), CallOptions.NONE));
            }
            calls.forEach(CompletableFuture::join);
            tierway.fleet()
                    .replicas()
                    .forEach(replica -> System.out.println(
                            replica.id() + " got about " + Math.round(4.0 * replica.calls() / CALLS) + " of 4 calls"));
        }
    }
}

package dev.tierway.bootstrap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.GatewayConfig;
import dev.tierway.StorageConfig;
import dev.tierway.Tierway;
import dev.tierway.bootstrap.cli.show.Words;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code call} and {@code explain} have in common: the text, and who is asked. */
final class Asking {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Run in this process with that configuration, instead of asking a gateway; health is then cold")
    @Nullable
    Path config;

    @Parameters(index = "0", paramLabel = "TEXT", description = "What to say to the model")
    String text = "";

    /** A gateway's, unless a configuration is given. In this process nothing is kept: the stores are in memory. */
    Calls open(Session session, AdminOption admin, ApiOption api) {
        if (config == null) {
            return new RemoteCalls(api.open(session.world(), admin));
        }
        if (admin.isGiven() || api.isGiven()) {
            throw Misuse.of(
                    command, "--config runs in this process, --url and --api-url ask a gateway: give one of them");
        }
        GatewayConfig loaded =
                GatewayConfig.load(session.world().path(config), session.world().environment());
        session.remark("tierway: running in this process; nothing has been measured yet, so health is cold");
        return new LocalCalls(Tierway.builder()
                .config(loaded.withStorage(StorageConfig.IN_MEMORY))
                .build());
    }

    String text() {
        if (text.isBlank()) {
            throw Misuse.of(command, "TEXT is empty: say something to the model");
        }
        return text;
    }

    /**
     * Models, routes and replicas share one space of names, but whoever asks for a replica means one.
     *
     * @param decision of the same address
     */
    void requireMeant(AddressOption address, JsonNode decision) {
        JsonNode asked = decision.path("asked");
        boolean replica = asked.path("level").asText().equals("replica") && Words.isUnknown(asked.path("route"));
        if (address.replica != null && !replica) {
            throw new CommandFailure(address.replica + " is no replica: ask for it with --model.");
        }
        if (address.model != null && replica) {
            throw new CommandFailure(address.model + " is a replica: ask for it with --replica.");
        }
    }
}

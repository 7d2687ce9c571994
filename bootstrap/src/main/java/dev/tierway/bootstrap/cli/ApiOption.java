package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.cli.remote.ApiAddress;
import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --api-url}: where the API of that gateway is. */
final class ApiOption {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--api-url",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description =
                    "Its API; default: $TIERWAY_API_URL, else what the admin port says; $TIERWAY_API_KEY is sent along")
    @Nullable
    URI url;

    boolean isGiven() {
        return url != null;
    }

    /** Asks the admin port where the API is, unless that was said. A gateway named by option goes before any variable. */
    GatewayClient open(Surroundings world, AdminOption admin) {
        String key = world.variable("TIERWAY_API_KEY").orElse(null);
        if (url != null) {
            return GatewayClient.api(url, key);
        }
        Optional<String> variable = world.variable("TIERWAY_API_URL");
        if (variable.isPresent() && !admin.isGiven()) {
            return GatewayClient.api(UrlConverter.ofVariable("TIERWAY_API_URL", variable.get(), command), key);
        }
        try (GatewayClient client = admin.open(world)) {
            return GatewayClient.api(ApiAddress.of(client), key);
        }
    }
}

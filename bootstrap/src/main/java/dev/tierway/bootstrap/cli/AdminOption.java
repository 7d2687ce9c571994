package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.cli.remote.GatewayClient;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --url}: which running gateway a command asks. */
final class AdminOption {
    private static final String LOCAL = "http://127.0.0.1:8081";

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description = "The gateway's admin port; default: $TIERWAY_URL, else " + LOCAL)
    @Nullable
    URI url;

    boolean isGiven() {
        return url != null;
    }

    GatewayClient open(Surroundings world) {
        URI base = url != null
                ? url
                : world.variable("TIERWAY_URL")
                        .map(value -> UrlConverter.ofVariable("TIERWAY_URL", value, command))
                        .orElseGet(() -> URI.create(LOCAL));
        return GatewayClient.admin(base, world.variable("TIERWAY_ADMIN_TOKEN").orElse(null));
    }
}

package dev.tierway.bootstrap.reload;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The file that is read again.
 *
 * @param environment what placeholders stand for
 * @param adjusted what goes before the file, e.g. ports given on the command line
 */
public record ConfigFile(Path path, Map<String, String> environment, UnaryOperator<GatewayConfig> adjusted) {
    public static ConfigFile of(Path path) {
        return new ConfigFile(path, System.getenv(), UnaryOperator.identity());
    }

    /** @throws InvalidConfigException listing every problem of the file */
    public GatewayConfig read() {
        return adjusted.apply(GatewayConfig.load(path, environment));
    }
}

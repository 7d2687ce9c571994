package dev.tierway.fuzz;

import dev.tierway.GatewayConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A configuration file. Whatever it holds, its problems are told, never thrown. */
public final class ConfigFuzz {
    private ConfigFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        GatewayConfig.validate(new String(data, StandardCharsets.UTF_8), Map.of("KEY", "x"));
    }
}

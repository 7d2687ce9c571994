package dev.tierway.bootstrap.cli.simulate;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration whose fleet is simulated. Nobody is called, so variables that aren't set (keys, mostly) may be missing.
 *
 * @param unset variables it names that aren't set, sorted
 */
public record WhatIfConfig(GatewayConfig config, List<String> unset) {
    /** Wherever the value itself matters, the loader's error shows it. */
    private static final String STAND_IN = "not-set";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** @throws InvalidConfigException listing every problem of the file */
    public static WhatIfConfig load(Path file, Map<String, String> environment) {
        Map<String, String> completed = new HashMap<>(environment);
        TreeSet<String> unset = new TreeSet<>();
        Matcher variables = VARIABLE.matcher(text(file));
        while (variables.find()) {
            String name = variables.group(1);
            if (completed.getOrDefault(name, "").isEmpty()) {
                completed.put(name, STAND_IN);
                unset.add(name);
            }
        }
        return new WhatIfConfig(GatewayConfig.load(file, completed), List.copyOf(unset));
    }

    /** Empty where nothing can be read: the loader says why. */
    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}

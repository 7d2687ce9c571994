package dev.tierway;

import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.access.Grant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API key of the configuration.
 *
 * @param expires when it ends by itself; null: not by itself
 */
public record KeyConfig(
        String id, Secret secret, Grant grant, @Nullable Instant expires) {}

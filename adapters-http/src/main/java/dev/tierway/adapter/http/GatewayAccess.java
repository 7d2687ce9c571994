package dev.tierway.adapter.http;

import dev.tierway.application.port.in.Authenticate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the API port.
 *
 * @param keys tells whose a key is; null: nobody is asked for one
 * @param refused hears why a request was refused, by a reason's id
 */
public record GatewayAccess(@Nullable Authenticate keys, Consumer<String> refused) {
    /** Whoever reaches the port. */
    public static final GatewayAccess OPEN = new GatewayAccess(null, reason -> {});
}

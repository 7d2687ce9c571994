package dev.tierway.adapter.providers.wire;

import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireFormat;

/** How the caller wants the reply. */
public enum ReplyShape {
    /** The vendor's own bytes: the caller speaks its dialect. */
    WIRE,
    /** In neutral types. */
    NEUTRAL;

    /** @param spoken what goes to the provider, and comes back, as it is */
    public static ReplyShape of(Payload payload, WireFormat spoken) {
        return switch (payload) {
            case Payload.Wire wire -> wire.request().format() == spoken ? WIRE : NEUTRAL;
            case Payload.Neutral neutral -> NEUTRAL;
        };
    }
}

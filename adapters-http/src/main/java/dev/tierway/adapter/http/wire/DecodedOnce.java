package dev.tierway.adapter.http.wire;

import dev.tierway.application.chat.NeutralRequest;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decodes a body into neutral types when somebody asks, and remembers it: a spilled call may ask again. */
public final class DecodedOnce implements Supplier<NeutralRequest> {
    private final byte[] body;
    private final Function<byte[], ? extends NeutralRequest> decoder;
    private volatile @Nullable NeutralRequest decoded;

    /** @param decoder throws {@link dev.tierway.application.error.InvalidRequestException} for what it can't take */
    public DecodedOnce(byte[] body, Function<byte[], ? extends NeutralRequest> decoder) {
        this.body = body;
        this.decoder = decoder;
    }

    @Override
    public NeutralRequest get() {
        NeutralRequest known = decoded;
        if (known == null) {
            known = decoder.apply(body);
            decoded = known;
        }
        return known;
    }
}

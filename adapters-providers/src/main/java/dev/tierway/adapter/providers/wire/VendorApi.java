package dev.tierway.adapter.providers.wire;

import dev.tierway.adapter.providers.http.UpstreamHead;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.domain.quota.VendorLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one vendor's API is spoken, for one provider. Called on event loops by many attempts at once: never blocks. */
public interface VendorApi {
    /** @throws IllegalArgumentException if its dialect can't express the request; the message says what */
    UpstreamRequest request(AttemptRequest attempt);

    /**
     * Whether it makes embeddings. If so, {@link #request} and {@link #reader} are also called for attempts whose
     * {@link AttemptRequest#operation} is that; if not, {@code Construct.EMBEDDINGS} is among what its dialect lacks.
     */
    default boolean embeds() {
        return false;
    }

    /** The media type of an accepted reply, which others are refused for. */
    String mediaType(boolean stream);

    /** Who reads the body of an accepted reply. */
    ReplyReader reader(AttemptRequest attempt, UsageTally tally, ReplyReader.Findings findings);

    /** What a refusal means. */
    ErrorClassifier errors();

    /**
     * Whether that attempt goes to an endpoint which some providers of the kind don't have: then a plain "not found" speaks
     * of the endpoint, and what is asked may go elsewhere translated.
     */
    default boolean mayLackEndpoint(AttemptRequest attempt) {
        return false;
    }

    /** The code of a refusal, in lower case, where the vendor tells it in the head; null where it doesn't. */
    default @Nullable String refusalCode(UpstreamHead head) {
        return null;
    }

    /** What a reply's head says of the vendor's own limits; empty if nothing. */
    List<VendorLimit> limits(UpstreamHead head);
}

package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.fleet.RequestShape;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What routing knows of a request: never its text.
 *
 * @param signatureDomain the vendor whose reasoning signatures the request carries; null if none
 * @param wording what dialects may be unable to express
 * @param prefixes hashes of the prompt at message boundaries, longest last
 */
public record RequestFeatures(
        Ask ask,
        boolean stream,
        TokenEstimate tokens,
        Set<Capability> needs,
        Constraints constraints,
        @Nullable String signatureDomain,
        Wording wording,
        PrefixHashes prefixes) {
    public RequestFeatures {
        EnumSet<Capability> ordered = EnumSet.noneOf(Capability.class);
        ordered.addAll(needs);
        needs = Collections.unmodifiableSet(ordered);
    }

    /** One that says nothing a dialect may lack. */
    public RequestFeatures(
            Ask ask,
            boolean stream,
            TokenEstimate tokens,
            Set<Capability> needs,
            Constraints constraints,
            @Nullable String signatureDomain,
            PrefixHashes prefixes) {
        this(ask, stream, tokens, needs, constraints, signatureDomain, Wording.PLAIN, prefixes);
    }

    /** What it would take of a replica. */
    public RequestShape shape() {
        return new RequestShape(tokens.input(), tokens.maxOutput(), tokens.choices(), prefixes, tokens.learned());
    }
}

package dev.tierway.application.port.in;

import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.routing.PrefixHashes;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a request finds out for routing.
 *
 * @param textBytes UTF-8 bytes of all text the model will read (messages, tool definitions, schemas)
 * @param mediaTokens estimated input tokens of images, audio and files
 * @param maxOutput the caller's cap; null if there is none, 0 if nothing is written
 * @param signatureDomain the vendor whose reasoning signatures are replayed; null if none
 * @param format the wire format it came in; null if it came in neutral types
 * @param uses what it says that a dialect may lack
 * @param dimensions how many numbers each embedding should have; null if it isn't said, or no embeddings are asked
 */
public record RequestFacts(
        boolean stream,
        long textBytes,
        long mediaTokens,
        @Nullable Long maxOutput,
        int choices,
        Set<Capability> needs,
        @Nullable String signatureDomain,
        @Nullable WireFormat format,
        Set<Construct> uses,
        @Nullable Integer dimensions,
        PrefixHashes prefixes) {
    /** Of a chat. */
    public RequestFacts(
            boolean stream,
            long textBytes,
            long mediaTokens,
            @Nullable Long maxOutput,
            int choices,
            Set<Capability> needs,
            @Nullable String signatureDomain,
            @Nullable WireFormat format,
            Set<Construct> uses,
            PrefixHashes prefixes) {
        this(stream, textBytes, mediaTokens, maxOutput, choices, needs, signatureDomain, format, uses, null, prefixes);
    }

    /**
     * Of a request for embeddings.
     *
     * @param dimensions how many numbers each should have; null leaves it to the model
     */
    public static RequestFacts ofEmbeddings(
            long textBytes,
            long mediaTokens,
            @Nullable WireFormat format,
            Set<Construct> uses,
            @Nullable Integer dimensions) {
        return new RequestFacts(
                false,
                textBytes,
                mediaTokens,
                0L,
                1,
                EnumSet.of(Capability.EMBEDDINGS),
                null,
                format,
                uses,
                dimensions,
                PrefixHashes.NONE);
    }

    /** Of a chat that says nothing a dialect may lack. */
    public RequestFacts(
            boolean stream,
            long textBytes,
            long mediaTokens,
            @Nullable Long maxOutput,
            int choices,
            Set<Capability> needs,
            @Nullable String signatureDomain,
            PrefixHashes prefixes) {
        this(
                stream,
                textBytes,
                mediaTokens,
                maxOutput,
                choices,
                needs,
                signatureDomain,
                null,
                EnumSet.noneOf(Construct.class),
                prefixes);
    }
}

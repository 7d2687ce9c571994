package dev.tierway.application.port.in;

import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of provider that can be configured.
 *
 * @param kind what a configuration calls it
 * @param name for people
 * @param preset whether it is a line of the table of presets, all of which speak OpenAI's chat completions
 * @param local whether it usually runs on the operator's own hardware
 * @param baseUrl where it is unless a provider says otherwise; null if there is no such place
 * @param auth how calls prove who they are: {@code bearer}, {@code api-key}, {@code sigv4}, {@code none}
 * @param keyVariable the variable of the environment that usually holds its key; null if there is none
 * @param dialect what can be said to it
 * @param source the page that says so; null for kinds with a dialect of their own
 * @param readOn the day it was compared with that; null likewise, or if it wasn't yet
 */
public record ProviderFacts(
        String kind,
        String name,
        boolean preset,
        boolean local,
        @Nullable String baseUrl,
        String auth,
        @Nullable String keyVariable,
        Dialect dialect,
        @Nullable String source,
        @Nullable String readOn) {
    /** The constructs it lacks, as callers write them. */
    public List<String> lacks() {
        return dialect.lacks().stream().map(Construct::words).toList();
    }
}

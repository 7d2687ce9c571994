package dev.tierway.adapter.providers;

import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.domain.catalogue.Construct;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A vendor or a server that speaks OpenAI's chat completions, with what is its own.
 *
 * @param id the kind its providers have in a configuration
 * @param name for people
 * @param baseUrl up to, not including, {@code /chat/completions}; null if it differs from account to account
 * @param keyVariable the environment's variable that usually holds its key; null if it is used without one
 * @param asksUsage whether its streams are asked for their usage
 * @param outputCap the name of the parameter that caps the output
 * @param developerRole whether it knows messages of role {@code developer}; else they go as {@code system}
 * @param limits whose limit headers it sends
 * @param lacks what can't be said to it, besides what no chat completion can hold
 * @param source the page that says so
 * @param readOn the day the facts were compared with the source, as {@code 2026-11-20}; null: not compared yet
 */
public record Preset(
        String id,
        String name,
        @Nullable URI baseUrl,
        @Nullable String keyVariable,
        boolean asksUsage,
        String outputCap,
        boolean developerRole,
        Vendor limits,
        Set<Construct> lacks,
        String source,
        @Nullable String readOn) {
    public Preset {
        EnumSet<Construct> ordered = EnumSet.noneOf(Construct.class);
        ordered.addAll(lacks);
        lacks = Collections.unmodifiableSet(ordered);
    }

    /** Whether it usually runs on the operator's own hardware. */
    public boolean local() {
        return keyVariable == null;
    }
}

package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Construct;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a request is put, for dialects that can't say everything.
 *
 * @param format the wire format it came in; null if it came in neutral types
 * @param uses what it says that a dialect may lack
 * @param lossless whether it must not lose anything on its way ({@code on_unsupported: reject})
 */
public record Wording(@Nullable String format, Set<Construct> uses, boolean lossless) {
    /** Says nothing that could be lost. */
    public static final Wording PLAIN = new Wording(null, Collections.emptySet(), false);

    public Wording {
        EnumSet<Construct> ordered = EnumSet.noneOf(Construct.class);
        ordered.addAll(uses);
        uses = Collections.unmodifiableSet(ordered);
    }
}

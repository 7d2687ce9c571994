package dev.tierway.domain.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a provider is spoken to, as far as routing must know.
 *
 * @param signatures whose reasoning signatures it accepts: the vendor's name
 * @param formats names of the wire formats whose bodies go to it untouched; nothing of those is ever lost
 * @param lacks what can't be expressed in it, beside what no translation can ({@link Construct#untranslatable})
 */
public record Dialect(String signatures, List<String> formats, Set<Construct> lacks) {
    public Dialect {
        formats = List.copyOf(formats);
        EnumSet<Construct> ordered = EnumSet.noneOf(Construct.class);
        ordered.addAll(lacks);
        lacks = Collections.unmodifiableSet(ordered);
    }

    /** One that can express everything. */
    public static Dialect complete(String signatures) {
        return new Dialect(signatures, List.of(), Collections.emptySet());
    }

    /** The same, where the endpoints of some formats turned out to be missing: what comes in those is translated. */
    public Dialect without(Collection<String> missing) {
        return formats.stream().noneMatch(missing::contains)
                ? this
                : new Dialect(
                        signatures,
                        formats.stream().filter(one -> !missing.contains(one)).toList(),
                        lacks);
    }

    /**
     * What of a request is lost in it, in order; empty if nothing is.
     *
     * @param format the wire format the request came in; null if none
     * @param uses what it says that may be lost
     */
    public List<Construct> loses(@Nullable String format, Collection<Construct> uses) {
        if (uses.isEmpty() || (format != null && formats.contains(format))) {
            return List.of();
        }
        List<Construct> lost = new ArrayList<>();
        for (Construct use : uses) {
            if (use.untranslatable() || lacks.contains(use)) {
                lost.add(use);
            }
        }
        return lost;
    }
}

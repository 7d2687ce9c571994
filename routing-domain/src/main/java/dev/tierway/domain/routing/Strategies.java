package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Strategy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The strategies known by name: the built-in ones, and those a program brings. */
public final class Strategies {
    public static final Strategies BUILT_IN = new Strategies(List.of());

    private final Map<Strategy, RankingStrategy> known = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if one has the name of another */
    public Strategies(Collection<? extends RankingStrategy> own) {
        for (BuiltInStrategy one : BuiltInStrategy.values()) {
            known.put(one.id(), one);
        }
        for (RankingStrategy one : own) {
            if (known.putIfAbsent(one.id(), one) != null) {
                throw new IllegalArgumentException("there are two strategies '" + one.id() + "': rename yours");
            }
        }
    }

    public boolean knows(Strategy id) {
        return known.containsKey(id);
    }

    /** @throws IllegalArgumentException naming those there are, if there is no such one */
    public RankingStrategy of(Strategy id) {
        RankingStrategy found = known.get(id);
        if (found == null) {
            throw new IllegalArgumentException("unknown strategy '" + id + "'; strategies are " + names());
        }
        return found;
    }

    /** All names, as one text. */
    public String names() {
        return known.keySet().stream().map(Strategy::id).collect(Collectors.joining(", "));
    }
}

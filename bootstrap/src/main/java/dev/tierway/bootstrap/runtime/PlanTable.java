package dev.tierway.bootstrap.runtime;

import dev.tierway.domain.catalogue.ProviderId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What is done beside the calls for the providers of the configuration in force, one plan for each that has one. */
final class PlanTable<P> {
    private record Planned<P>(Object madeOf, P plan) {}

    private final Consumer<P> close;
    private final List<P> unused = new CopyOnWriteArrayList<>();
    private volatile Map<ProviderId, Planned<P>> inForce = Map.of();

    /** @param close frees what a plan holds */
    PlanTable(Map<ProviderId, Recipe<Optional<P>>> recipes, Consumer<P> close) {
        this.close = close;
        inForce = made(recipes);
    }

    Optional<P> of(ProviderId provider) {
        return Optional.ofNullable(inForce.get(provider)).map(Planned::plan);
    }

    /** Made, not in force. */
    final class Prepared {
        private final Map<ProviderId, Planned<P>> next;

        private Prepared(Map<ProviderId, Planned<P>> next) {
            this.next = next;
        }

        void commit() {
            unused.addAll(without(inForce, next));
            inForce = next;
        }

        void discard() {
            without(next, inForce).forEach(close);
        }
    }

    /** @throws IllegalArgumentException if one can't be made */
    Prepared prepare(Map<ProviderId, Recipe<Optional<P>>> recipes) {
        return new Prepared(made(recipes));
    }

    private Map<ProviderId, Planned<P>> made(Map<ProviderId, Recipe<Optional<P>>> recipes) {
        Map<ProviderId, Planned<P>> made = new LinkedHashMap<>();
        recipes.forEach((provider, recipe) -> {
            Planned<P> known = inForce.get(provider);
            if (known != null && known.madeOf().equals(recipe.of())) {
                made.put(provider, known);
            } else {
                recipe.made().get().ifPresent(plan -> made.put(provider, new Planned<>(recipe.of(), plan)));
            }
        });
        return made;
    }

    private List<P> without(Map<ProviderId, Planned<P>> some, Map<ProviderId, Planned<P>> others) {
        List<P> left = new ArrayList<>();
        some.values().forEach(planned -> {
            if (others.values().stream().noneMatch(other -> other.plan() == planned.plan())) {
                left.add(planned.plan());
            }
        });
        return left;
    }

    /** What frees the plans that are out of force by now: for later, when what they had begun has ended. */
    Runnable endOfUnused() {
        List<P> old = List.copyOf(unused);
        return () -> old.forEach(plan -> {
            if (unused.remove(plan)) {
                close.accept(plan);
            }
        });
    }

    void close() {
        inForce.values().forEach(planned -> close.accept(planned.plan()));
        unused.forEach(close);
    }
}

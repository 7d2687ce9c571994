package dev.tierway.domain.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Searches the smallest sets of changes that put a candidate first, by deciding again: what refuses it is taken away,
 * then one knob is turned as little as possible, then two, then whatever of all can't be spared.
 */
final class SmallestChanges {
    private static final int MOST_SETS = 6;
    private static final int PARTS = 1024;

    private final Scene before;
    private final List<Change> given;
    private final Scene base;
    private final List<Turned> knobs = new ArrayList<>();

    /** A knob that could be turned, and what its turning means. */
    private record Turned(Knob knob, Knob.Range range) {
        Change at(long value) {
            return knob.at(value, range);
        }
    }

    /** @param given what takes the candidate's rejections away */
    SmallestChanges(Scene before, List<Change> given) {
        this.before = before;
        this.given = given;
        this.base = Changed.by(given, before);
        for (Knob knob : Knob.values()) {
            Knob.Range range = knob.range(base);
            if (range != null) {
                knobs.add(new Turned(knob, range));
            }
        }
    }

    /** Smallest first, all equally small; empty if nothing helps. */
    List<List<Change>> find() {
        List<List<Change>> found = new ArrayList<>();
        if (base.leads()) {
            found.add(List.of());
        }
        for (int i = 0; found.isEmpty() && i < 2; i++) {
            for (List<Turned> some : i == 0 ? singles() : pairs()) {
                if (found.size() < MOST_SETS && leads(some, PARTS)) {
                    found.add(least(some));
                }
            }
        }
        if (found.isEmpty() && leads(knobs, PARTS)) {
            found.add(least(spare(knobs)));
        }
        return smallest(found);
    }

    private List<List<Turned>> singles() {
        return knobs.stream().map(List::of).toList();
    }

    private List<List<Turned>> pairs() {
        List<List<Turned>> pairs = new ArrayList<>();
        for (int i = 0; i < knobs.size(); i++) {
            for (int j = i + 1; j < knobs.size(); j++) {
                pairs.add(List.of(knobs.get(i), knobs.get(j)));
            }
        }
        return pairs;
    }

    private boolean leads(List<Turned> turned, int part) {
        return leads(turned.stream().map(one -> one.at(one.range.at(part))).toList());
    }

    private boolean leads(List<Change> changes) {
        return Changed.by(changes, base).leads();
    }

    /** Without those that make no difference at their ends. */
    private List<Turned> spare(List<Turned> all) {
        List<Turned> needed = new ArrayList<>(all);
        for (Turned one : all) {
            List<Turned> fewer = new ArrayList<>(needed);
            fewer.remove(one);
            if (leads(fewer, PARTS)) {
                needed = fewer;
            }
        }
        return needed;
    }

    /** All turned by the same share of their ways, as little as is enough; then each back as far as it may. */
    private List<Change> least(List<Turned> turned) {
        int part = (int) nearest(0, PARTS, some -> leads(turned, (int) some));
        List<Change> changes = new ArrayList<>();
        turned.forEach(one -> changes.add(one.at(one.range.at(part))));
        for (int i = 0; i < turned.size(); i++) {
            Turned one = turned.get(i);
            int at = i;
            long value = nearest(one.range.now(), one.range.at(part), some -> {
                List<Change> tried = new ArrayList<>(changes);
                tried.set(at, one.at(some));
                return leads(tried);
            });
            changes.set(i, one.at(value));
        }
        return changes;
    }

    /** By bisection the value nearest to {@code now} for which it holds; it does for {@code end}. */
    private static long nearest(long now, long end, LongPredicate holds) {
        long no = now;
        long yes = end;
        while (Math.abs(yes - no) > 1) {
            long middle = no + (yes - no) / 2;
            if (holds.test(middle)) {
                yes = middle;
            } else {
                no = middle;
            }
        }
        return yes;
    }

    /** With what takes the rejections away, and without what turns out to be spare. */
    private List<List<Change>> smallest(List<List<Change>> found) {
        List<List<Change>> sets = new ArrayList<>();
        for (List<Change> changes : found) {
            List<Change> all = new ArrayList<>(given);
            all.addAll(changes);
            sets.add(withoutSpare(all));
        }
        List<Change> cheaper = priceInsteadOfCap();
        if (cheaper != null) {
            sets.add(cheaper);
        }
        int least = sets.stream().mapToInt(List::size).min().orElse(0);
        return sets.stream().filter(set -> set.size() == least).distinct().toList();
    }

    private List<Change> withoutSpare(List<Change> all) {
        List<Change> needed = new ArrayList<>(all);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = needed.size() - 1; i >= 0; i--) {
                List<Change> fewer = new ArrayList<>(needed);
                fewer.remove(i);
                if (Changed.by(fewer, before).leads()) {
                    needed = fewer;
                    changed = true;
                }
            }
        }
        return List.copyOf(needed);
    }

    /** Who is too dear for the caller's cap could also be cheaper. */
    private @Nullable List<Change> priceInsteadOfCap() {
        List<Change> rest = given.stream()
                .filter(one -> !(one instanceof Change.OptionDropped dropped
                        && dropped.option() == Change.Option.MAX_COST_USD))
                .toList();
        Knob.Range range = rest.size() == given.size() ? null : Knob.PRICE.range(base);
        if (range == null) {
            return null;
        }
        Scene capped = Changed.by(rest, before);
        LongPredicate enough =
                value -> Changed.by(Knob.PRICE.at(value, range), capped).leads();
        if (!enough.test(range.extreme())) {
            return null;
        }
        List<Change> all = new ArrayList<>(rest);
        all.add(Knob.PRICE.at(nearest(range.now(), range.extreme(), enough), range));
        return withoutSpare(all);
    }
}

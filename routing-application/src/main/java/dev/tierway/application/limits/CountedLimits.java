package dev.tierway.application.limits;

import dev.tierway.domain.quota.Descriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the rules in force count: of those that count each name for itself, the names heard by this instance lately.
 *
 * @param limits those that count all they are for together first; then each rule's names, the one heard last first
 * @param leftOut how many more there are
 */
public record CountedLimits(List<Counted> limits, int leftOut) {
    public CountedLimits {
        limits = List.copyOf(limits);
    }

    /** One limit of one owner. */
    public record Counted(LimitRule rule, Owner owner, Descriptor descriptor) {}

    static CountedLimits of(LimitRules rules, NamesSeen names, int most) {
        List<Counted> all = new ArrayList<>();
        List<LimitRule> apart = new ArrayList<>();
        for (LimitRule rule : rules.rules()) {
            Owner together = rule.subject().together();
            if (together == null) {
                apart.add(rule);
            } else {
                add(rule, together, all);
            }
        }
        if (apart.isEmpty()) {
            return cut(all, most);
        }
        List<Owner> heard = names.latest();
        // Each rule has its share of the room: one with many names must not hide the others.
        int room = Math.max(1, (most - all.size()) / apart.size());
        int leftOut = 0;
        for (LimitRule rule : apart) {
            List<Counted> own = named(rule, heard, names);
            all.addAll(own.subList(0, Math.min(room, own.size())));
            leftOut += Math.max(0, own.size() - room);
        }
        CountedLimits cut = cut(all, most);
        return new CountedLimits(cut.limits, cut.leftOut + leftOut);
    }

    private static CountedLimits cut(List<Counted> all, int most) {
        int shown = Math.min(most, all.size());
        return new CountedLimits(all.subList(0, shown), all.size() - shown);
    }

    private static List<Counted> named(LimitRule rule, List<Owner> heard, NamesSeen names) {
        List<Counted> own = new ArrayList<>();
        Set<Owner> others = new LinkedHashSet<>();
        for (Owner owner : heard) {
            if (rule.subject().countsApart(owner)) {
                add(rule, owner, own);
                if (names.full(owner)) {
                    others.add(owner.others());
                }
            }
        }
        List<Counted> first = new ArrayList<>();
        others.forEach(owner -> add(rule, owner, first));
        first.addAll(own);
        return first;
    }

    private static void add(LimitRule rule, Owner owner, List<Counted> to) {
        rule.of(owner).forEach(descriptor -> to.add(new Counted(rule, owner, descriptor)));
    }
}

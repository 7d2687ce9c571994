package dev.tierway.application.limits;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.call.CallerLimits;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.routing.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The limits of callers that hold now, and what was last seen to be left of them. */
public final class LimitsInForce {
    /** Names come from callers: what was seen of more of them is forgotten, which costs a warning or a little pace. */
    private static final int MOST_SEEN = 10_000;

    private record Seen(double usedShare, long windowEndMillis) {}

    private final WallClock wallClock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final NamesSeen names = new NamesSeen();
    private final KeyLimits keys = new KeyLimits();
    private volatile LimitRules rules;
    private volatile CallerDescriptors further = call -> List.of();

    public LimitsInForce(LimitRules rules, WallClock wallClock) {
        this.rules = rules;
        this.wallClock = wallClock;
    }

    /** Takes other rules; what is used stays used, by the ids of rules. */
    public void swap(LimitRules next) {
        rules = next;
    }

    /** Counts these beside the rules from now on. */
    public void countAlso(CallerDescriptors others) {
        further = others;
    }

    public LimitRules inForce() {
        return rules;
    }

    /** What such a call's attempts reserve, and by what their money is bounded where prices are unknown. */
    public CallerLimits of(CallCommand call, Ask ask, Catalogue catalogue) {
        LimitRules now = rules;
        LimitRule own = keys.of(call.caller());
        List<Descriptor> others = further.of(call);
        if (now.rules().isEmpty() && own == null && others.isEmpty()) {
            return CallerLimits.NONE;
        }
        long millis = wallClock.epochMillis();
        List<Descriptor> descriptors = new ArrayList<>(now.rules().size() + others.size());
        descriptors.addAll(others);
        for (LimitRule rule : now.rules()) {
            descriptors.addAll(rule.of(call, owner -> names.counted(owner, millis)));
        }
        if (own != null) {
            descriptors.addAll(own.of(call, owner -> owner));
        }
        CallerLimits limits = new CallerLimits(descriptors, null, null, now.warnAt());
        return limits.money() ? bounded(limits, ask, catalogue) : limits;
    }

    private static CallerLimits bounded(CallerLimits limits, Ask ask, Catalogue catalogue) {
        boolean known = true;
        for (Replica replica : ask.candidates()) {
            known &= bounded(replica, catalogue);
        }
        for (Replica replica : ask.escalation()) {
            known &= bounded(replica, catalogue);
        }
        if (known) {
            return limits;
        }
        TierPrices tiers = TierPrices.of(ask, catalogue);
        return new CallerLimits(limits.descriptors(), tiers.dearest(), tiers.longest(), limits.warnAt());
    }

    private static boolean bounded(Replica replica, Catalogue catalogue) {
        return replica.local()
                || (replica.price() != null && catalogue.modelOf(replica).maxOutputTokens() != null);
    }

    /** How much more price weighs in this call: the most that a paced budget of its caller asks for. */
    public double costWeight(CallCommand call) {
        LimitRules now = rules;
        double most = 1;
        long millis = wallClock.epochMillis();
        for (LimitRule rule : now.rules()) {
            if (rule.pacing()) {
                for (Descriptor descriptor : rule.of(call, owner -> names.counted(owner, millis))) {
                    most = Math.max(most, costWeight(descriptor, now));
                }
            }
        }
        return most;
    }

    /**
     * What the rules in force count.
     *
     * @param most how many limits at most
     */
    public CountedLimits view(int most) {
        return CountedLimits.of(keys.beside(rules), names, most);
    }

    /** Names that calls carried lately, the latest first. */
    List<Owner> heard() {
        return names.latest();
    }

    /** How much more price weighs where that is used; null if it has no window that ends. */
    public @Nullable Double paceOf(Descriptor descriptor, double usedShare) {
        LimitRules now = rules;
        Period period = Period.of(descriptor.limit());
        return period == null || period == Period.TOTAL
                ? null
                : (Double) Pace.costWeight(descriptor.limit(), usedShare, wallClock.epochMillis(), now.zone());
    }

    /** When the calendar window of a limit ends; null if it has none, or never ends. */
    public @Nullable Long windowEndMillis(Descriptor descriptor) {
        Period period = Period.of(descriptor.limit());
        return period == null || period == Period.TOTAL
                ? null
                : (Long) period.endMillis(wallClock.epochMillis(), rules.zone());
    }

    private double costWeight(Descriptor descriptor, LimitRules now) {
        Seen last = seen.get(descriptor.key());
        long millis = wallClock.epochMillis();
        return last == null || millis >= last.windowEndMillis
                ? 1
                : Pace.costWeight(descriptor.limit(), last.usedShare, millis, now.zone());
    }

    /**
     * Remembers what is left of a caller's limit.
     *
     * @return whether it has been found nearly used up for the first time in its window
     */
    public boolean seen(Left left) {
        Descriptor descriptor = left.descriptor();
        if (descriptor.side() != Side.CALLER) {
            return false;
        }
        LimitRules now = rules;
        double used = 1 - left.available() / (double) descriptor.limit().burst();
        boolean worthAWord = left.exceeded() || used >= now.warnAt();
        Period period = Period.of(descriptor.limit());
        if (period == null) {
            // A rate or concurrency fills and empties all the time: it is in each call's own warnings.
            return false;
        }
        long end = period.endMillis(wallClock.epochMillis(), now.zone());
        Seen before = room(descriptor.key()) ? seen.put(descriptor.key(), new Seen(used, end)) : null;
        boolean warnedBefore = before != null && before.windowEndMillis == end && before.usedShare >= now.warnAt();
        return worthAWord && !warnedBefore;
    }

    private boolean room(String key) {
        if (seen.size() >= MOST_SEEN && !seen.containsKey(key)) {
            long millis = wallClock.epochMillis();
            seen.values().removeIf(one -> one.windowEndMillis <= millis);
            return seen.size() < MOST_SEEN;
        }
        return true;
    }

    /** Dearest price and longest answer known of the tiers a call may reach. */
    private record TierPrices(
            @Nullable Price dearest, @Nullable Integer longest) {
        static TierPrices of(Ask ask, Catalogue catalogue) {
            List<dev.tierway.domain.catalogue.ModelTier> tiers = new ArrayList<>();
            ask.candidates().forEach(one -> tiers.add(catalogue.modelOf(one).tier()));
            ask.escalation().forEach(one -> tiers.add(catalogue.modelOf(one).tier()));
            Price dearest = null;
            Integer longest = null;
            for (Replica replica : catalogue.replicas()) {
                LogicalModel model = catalogue.modelOf(replica);
                if (tiers.contains(model.tier())) {
                    Price price = replica.price();
                    dearest = price == null ? dearest : dearest == null ? price : dearest.dearerOf(price);
                    Integer most = model.maxOutputTokens();
                    longest = most == null ? longest : longest == null ? most : (Integer) Math.max(longest, most);
                }
            }
            return new TierPrices(dearest, longest);
        }
    }
}

package dev.tierway.bootstrap.config;

import dev.tierway.application.limits.LimitRule;
import dev.tierway.application.limits.Subject;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code budgets.rules[]}. */
final class BudgetSection {
    private static final long MOST_USD = 1_000_000_000;

    static final Key<String> ID = Key.required(
            "id",
            Scalars.name("a budget's id", text -> {
                if (!text.matches("[a-z0-9][a-z0-9._-]{0,199}")) {
                    throw new Unfit("is not an id", "use lower-case letters, digits and . _ -");
                }
                return text;
            }),
            "Under which usage is kept: another id begins at zero.");
    static final Key<Subject> FOR = Key.optional("for", BudgetForSection.SECTION, "Whom it is for.")
            .absentMeans("all calls of the gateway together");
    static final Key<BigDecimal> USD =
            Key.optional("usd", Quantities.amount("US dollars", MOST_USD), "Most that may be spent `per` window.");
    static final Key<Period> PER = Key.optional(
            "per",
            Scalars.choice("window", List.of(Period.values()), Period::id),
            "The calendar window of `usd`: it begins anew when the window does. `total` never does.");
    static final Key<Boolean> ENFORCE = Key.optional(
                    "enforce",
                    Scalars.TRUE_OR_FALSE,
                    "`false`: counted and warned of, but nobody is denied; to try a budget out.")
            .or("true");
    static final Key<Descriptor.Reserves> RESERVE = Key.optional(
                    "reserve",
                    Scalars.choice("reserve", List.of(Descriptor.Reserves.values()), BudgetSection::name),
                    "What an attempt takes of `usd` before it is sent. `worst-case`: the limit holds. `expected`: more"
                            + " calls run at once, and calls in flight may go beyond the limit by what they exceed"
                            + " expectation.")
            .or("worst-case");
    static final Key<Boolean> PACING = Key.optional(
                    "pacing",
                    Scalars.TRUE_OR_FALSE,
                    "`true`: while money is spent faster than the window goes by, price weighs more in choosing"
                            + " replicas: 1 + 4·(spent − elapsed)/(1 − elapsed), at most 5 times.")
            .or("false");

    static final Section<LimitRule> SECTION = Section.of(
            "budget",
            "One limit of those who call. Needs `usd` and `per`, or one of the rates, or both.",
            Stream.concat(Stream.of(ID, FOR, USD, PER, ENFORCE, RESERVE, PACING), LimitKeys.ALL.stream())
                    .toList(),
            BudgetSection::rule);

    private BudgetSection() {}

    static String name(Descriptor.Reserves reserves) {
        return reserves == Descriptor.Reserves.EXPECTED ? "expected" : "worst-case";
    }

    private static LimitRule rule(Values v) {
        List<Limit> limits = new ArrayList<>();
        BigDecimal usd = v.get(USD);
        Period per = v.get(PER);
        if (usd != null && usd.signum() == 0) {
            v.error(USD, "must be more than 0", "to forbid calls, take the scope or the model away");
        } else if (usd != null && per == null && !v.has(PER)) {
            v.error(USD, "has no window", "add per: day, or hour, week, month, total");
        } else if (usd != null && per != null) {
            limits.add(per.limit(Math.max(1, NanoUsd.ofUsd(usd).value())));
        }
        if (v.has(PER) && !v.has(USD)) {
            v.error(PER, "is the window of usd, which isn't there", "add usd, or remove per: rates carry theirs");
        }
        boolean paced = v.value(PACING);
        if (paced && (!v.has(USD) || per == Period.TOTAL)) {
            v.error(PACING, "needs usd and a window that ends", "write per: day, or remove pacing");
        }
        if (v.value(RESERVE) == Descriptor.Reserves.EXPECTED && !v.has(USD)) {
            v.error(RESERVE, "is about usd, which isn't there", "remove it");
        }
        if (!v.has(USD) || LimitKeys.ALL.stream().anyMatch(v::has)) {
            limits.addAll(LimitKeys.read(v));
        }
        if (limits.isEmpty()) {
            // What is wrong has been said; the rule only has to be something.
            limits.add(Limit.concurrency(1));
        }
        return new LimitRule(
                v.value(ID), v.get(FOR, new Subject.Everyone()), limits, v.value(ENFORCE), v.value(RESERVE), paced);
    }
}

package dev.tierway.adapter.persistence.redis;

import dev.tierway.domain.quota.ConcurrencyUsage;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.LearnedUsage;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.RateUsage;
import dev.tierway.domain.quota.Usage;
import dev.tierway.domain.quota.WindowUsage;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What the scripts answer, as the domain's usages: whatever is derived from them is then the domain's own arithmetic. */
final class UsageReply {
    private static final long NANOS_PER_MICRO = 1000;
    private static final long MICROS_PER_MILLI = 1000;
    private static final long PART = 1L << 50;

    private UsageReply() {}

    static QuotaTime time(Object micros, ZoneId zone) {
        long now = (Long) micros;
        return new QuotaTime(now * NANOS_PER_MICRO, Math.floorDiv(now, MICROS_PER_MILLI), zone);
    }

    /** @param from where in the reply the first limit's usage is */
    static List<Usage> usages(List<Descriptor> descriptors, List<Object> reply, int from) {
        List<Usage> usages = new ArrayList<>(descriptors.size());
        for (int i = 0; i < descriptors.size(); i++) {
            usages.add(usage(descriptors.get(i).limit(), (List<?>) reply.get(from + i)));
        }
        return usages;
    }

    static Usage usage(Limit limit, List<?> told) {
        if (limit.dimension() == Dimension.CONCURRENCY) {
            return new ConcurrencyUsage(number(told, 0));
        }
        if (limit.isLearned()) {
            return new LearnedUsage(
                    number(told, 0),
                    number(told, 1),
                    nanos(number(told, 2)),
                    number(told, 3),
                    number(told, 4),
                    nanos(number(told, 5)));
        }
        return Period.of(limit) == null
                ? new RateUsage(
                        number(told, 0),
                        number(told, 1) * NANOS_PER_MICRO,
                        number(told, 2) * PART + number(told, 3),
                        nanos(number(told, 4)))
                : new WindowUsage(
                        end(number(told, 0)),
                        end(number(told, 1)),
                        number(told, 2),
                        number(told, 3),
                        end(number(told, 4)));
    }

    private static long number(List<?> told, int index) {
        return (Long) told.get(index);
    }

    private static long nanos(long micros) {
        return micros == -Wire.MOST ? Long.MIN_VALUE : micros * NANOS_PER_MICRO;
    }

    /** A calendar without beginning or end. */
    private static long end(long millis) {
        if (millis == -Wire.MOST) {
            return Long.MIN_VALUE;
        }
        return millis == Wire.MOST ? Long.MAX_VALUE : millis;
    }
}

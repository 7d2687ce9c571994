package dev.tierway.bootstrap.config;

import dev.tierway.application.rules.Condition;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** {@code rules[].when.hours}. */
final class HoursSection {
    private static final String TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    static final Key<LocalTime> FROM = Key.required("from", time(), "From that time on.");
    static final Key<LocalTime> TO =
            Key.required("to", time(), "Until just before that time; if it isn't after `from`, of the next day.");
    static final Key<List<DayOfWeek>> DAYS = Key.optional(
                    "days",
                    new OneOrMany<>(Scalars.choice("day", List.of(DayOfWeek.values()), HoursSection::dayName)),
                    "The days on which it begins.")
            .absentMeans("every day");
    static final ScalarShape<ZoneId> ZONE = new ScalarShape<>(
            "a time zone such as Europe/Berlin", Scalars.TEXT.accepts(), Scalars.TEXT.schema(), HoursSection::zone);
    static final Key<ZoneId> TIME_ZONE =
            Key.optional("time-zone", ZONE, "Whose clock counts.").or("UTC");

    static final Section<Condition.Hours> SECTION = Section.of(
            "hours",
            "A part of the day, by the gateway's clock.",
            List.of(FROM, TO, DAYS, TIME_ZONE),
            v -> new Condition.Hours(v.value(FROM), v.value(TO), v.get(DAYS, List.of()), v.value(TIME_ZONE)));

    private HoursSection() {}

    static String dayName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static ScalarShape<LocalTime> time() {
        return Scalars.matching("a time such as \"08:30\"", TIME, text -> {
            if (!text.matches(TIME)) {
                throw new Unfit("is not a time of day", "write it as \"08:30\", from \"00:00\" to \"23:59\"");
            }
            return LocalTime.parse(text);
        });
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(Scalars.TEXT.parse().apply(text));
        } catch (DateTimeException e) {
            throw new Unfit("is not a time zone", "write UTC, or a name such as Europe/Berlin");
        }
    }
}

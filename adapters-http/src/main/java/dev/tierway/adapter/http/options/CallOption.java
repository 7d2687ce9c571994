package dev.tierway.adapter.http.options;

import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.routing.Constraints;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One per-call option: its name, how its value is read, and what it sets.
 *
 * @param name as a member of the {@code tierway} object; the header has dashes for underscores
 */
record CallOption<T>(String name, Function<OptionValue, T> read, BiConsumer<CallOptions.Builder, T> set) {
    private static final int MAX_NAME_LENGTH = 256;

    /** Every option; the table in docs/reference/http.md has the same. */
    static final List<CallOption<?>> ALL = List.of(
            of("local", CallOption::local, CallOptions.Builder::local),
            of("exclude", OptionValue::texts, CallOptions.Builder::exclude),
            of("only", OptionValue::texts, CallOptions.Builder::only),
            of("require", OptionValue::texts, CallOptions.Builder::require),
            of("max_cost_usd", CallOption::dollars, CallOptions.Builder::maxCostUsd),
            of("deadline_ms", CallOption::deadline, CallOptions.Builder::deadline),
            of("escalate_to", v -> v.named(ModelTier::parse), CallOptions.Builder::escalateTo),
            of("optimize", v -> oneOf(v, CallOptions.Optimize.values()), CallOptions.Builder::optimize),
            of("strategy", v -> v.named(Strategy::named), CallOptions.Builder::strategy),
            of("on_unsupported", v -> oneOf(v, CallOptions.OnUnsupported.values()), CallOptions.Builder::onUnsupported),
            of("agent", CallOption::name, CallOptions.Builder::agent),
            of("workflow", CallOption::name, CallOptions.Builder::workflow),
            of("step", CallOption::name, CallOptions.Builder::step),
            of("user", CallOption::name, CallOptions.Builder::endUser),
            of("session", CallOption::name, CallOptions.Builder::session),
            of("tags", OptionValue::pairs, CallOptions.Builder::tags),
            of("state_version", OptionValue::wholeNumber, CallOptions.Builder::stateVersion),
            of("seed", OptionValue::wholeNumber, CallOptions.Builder::seed),
            of("explain", OptionValue::flag, CallOptions.Builder::explain));

    private static <T> CallOption<T> of(
            String name, Function<OptionValue, T> read, BiConsumer<CallOptions.Builder, T> set) {
        return new CallOption<>(name, read, set);
    }

    String header() {
        return CallOptionsReader.HEADER_PREFIX + name.replace('_', '-');
    }

    /** Sets it from one value, or from two that agree. */
    void apply(CallOptions.Builder options, List<OptionValue> given) {
        T value = read.apply(given.getFirst());
        for (OptionValue again : given) {
            if (!read.apply(again).equals(value)) {
                throw HttpProblem.invalid(
                        "'" + given.getFirst().where() + "' and '" + again.where() + "' differ; give one of them.",
                        given.getFirst().where());
            }
        }
        set.accept(options, value);
    }

    private static Constraints.Local local(OptionValue value) {
        return switch (value.text()) {
            case "allowed" -> Constraints.Local.ALLOWED;
            case "required" -> Constraints.Local.REQUIRED;
            case "disabled" -> Constraints.Local.DISABLED;
            default -> throw value.wrong("allowed, required or disabled");
        };
    }

    private static double dollars(OptionValue value) {
        double usd = value.number();
        if (usd < 0) {
            throw value.wrong("0 or more dollars");
        }
        return usd;
    }

    private static Duration deadline(OptionValue value) {
        long millis = value.wholeNumber();
        if (millis < 1 || millis > Duration.ofDays(1).toMillis()) {
            throw value.wrong("milliseconds from 1 to those of a day");
        }
        return Duration.ofMillis(millis);
    }

    private static String name(OptionValue value) {
        String name = value.text();
        if (name.length() > MAX_NAME_LENGTH) {
            throw value.wrong("at most " + MAX_NAME_LENGTH + " characters");
        }
        return name;
    }

    private static <E extends Enum<E>> E oneOf(OptionValue value, E[] all) {
        for (E each : all) {
            if (each.name().toLowerCase(Locale.ROOT).equals(value.text())) {
                return each;
            }
        }
        throw value.wrong("one of "
                + Stream.of(all).map(e -> e.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", ")));
    }
}

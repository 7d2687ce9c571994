package dev.tierway.simulation.trace;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What generated traffic looks like, written {@code poisson} or {@code bursty}, with what differs from the defaults
 * behind a colon: {@code bursty:rate=8,burst=10}.
 *
 * @param kind poisson or bursty
 * @param rate calls per second, on average
 * @param minutes length of a run
 * @param input median prompt tokens, shared prompts aside
 * @param output median answer tokens
 * @param shared share of calls whose prompt begins with one of 16 shared ones of 1,024 to 2,560 tokens
 * @param burst how many times denser the calls of a burst are than those between bursts
 * @param busySeconds mean length of a burst
 * @param quietSeconds mean time between bursts
 */
public record GeneratedShape(
        String kind,
        double rate,
        double minutes,
        double input,
        double output,
        double shared,
        double burst,
        double busySeconds,
        double quietSeconds) {
    public static final String POISSON = "poisson";
    public static final String BURSTY = "bursty";

    private static final double MOST_CALLS = 200_000;

    /** What a parameter is if it isn't given, and what it may be. */
    private enum Parameter {
        RATE(5, 0.01, 10_000),
        MINUTES(10, 0.1, 1_440),
        INPUT(800, 1, 100_000),
        OUTPUT(120, 1, 8_000),
        SHARED(0.5, 0, 1),
        BURST(6, 1, 1_000),
        BUSY(12, 0.1, 3_600),
        QUIET(48, 0.1, 3_600);

        private final double usual;
        private final double least;
        private final double most;

        Parameter(double usual, double least, double most) {
            this.usual = usual;
            this.least = least;
            this.most = most;
        }

        boolean fits(String kind) {
            return kind.equals(BURSTY) || ordinal() < BURST.ordinal();
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Whether that names generated traffic rather than a file. */
    public static boolean isOne(String text) {
        return List.of(POISSON, BURSTY).contains(text.split(":", 2)[0]);
    }

    /** @throws IllegalArgumentException naming the parameters there are */
    public static GeneratedShape parse(String text) {
        String[] parts = text.split(":", 2);
        String kind = parts[0];
        if (!isOne(text)) {
            throw new IllegalArgumentException("'" + kind + "' is neither " + POISSON + " nor " + BURSTY);
        }
        Map<Parameter, Double> given = new LinkedHashMap<>();
        if (parts.length == 2) {
            for (String pair : parts[1].split(",", -1)) {
                read(kind, pair, given);
            }
        }
        double[] values = Arrays.stream(Parameter.values())
                .mapToDouble(parameter -> given.getOrDefault(parameter, parameter.usual))
                .toArray();
        double calls = values[0] * values[1] * 60;
        if (calls > MOST_CALLS) {
            throw new IllegalArgumentException("rate and minutes make " + plain(StrictMath.rint(calls))
                    + " calls of a run, more than " + plain(MOST_CALLS) + "; lower one of them");
        }
        return new GeneratedShape(
                kind, values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
    }

    private static void read(String kind, String pair, Map<Parameter, Double> given) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        Parameter parameter = Arrays.stream(Parameter.values())
                .filter(one -> one.toString().equals(name) && one.fits(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + pair + "' is no parameter of " + kind
                        + " traffic; write " + kind + ":NAME=NUMBER,... with " + known(kind)));
        double value;
        try {
            value = Double.parseDouble(pair.substring(equals + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + pair + "' has no number; write " + name + "=NUMBER", e);
        }
        if (!(value >= parameter.least && value <= parameter.most)) {
            throw new IllegalArgumentException(
                    name + " may be " + plain(parameter.least) + " to " + plain(parameter.most) + ", not " + value);
        }
        if (given.put(parameter, value) != null) {
            throw new IllegalArgumentException("'" + name + "' is given twice");
        }
    }

    private static String known(String kind) {
        return Arrays.stream(Parameter.values())
                .filter(one -> one.fits(kind))
                .map(Parameter::toString)
                .collect(Collectors.joining(", "));
    }

    private static String plain(double number) {
        return number == StrictMath.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    boolean isBursty() {
        return kind.equals(BURSTY);
    }

    /** With what differs from the defaults, so that the name can be given to the command line again. */
    String name() {
        double[] values = {rate, minutes, input, output, shared, burst, busySeconds, quietSeconds};
        String differing = Arrays.stream(Parameter.values())
                .filter(one -> values[one.ordinal()] != one.usual)
                .map(one -> one + "=" + plain(values[one.ordinal()]))
                .collect(Collectors.joining(","));
        return kind + (differing.isEmpty() ? "" : ":" + differing);
    }

    /** Calls per second in a state; over both states the mean is {@link #rate}. */
    double rate(boolean busy) {
        if (!isBursty()) {
            return rate;
        }
        double quietRate = rate * (busySeconds + quietSeconds) / (burst * busySeconds + quietSeconds);
        return busy ? burst * quietRate : quietRate;
    }
}

package dev.tierway.bootstrap.config;

import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedFault;
import dev.tierway.adapter.providers.simulated.Stage;
import dev.tierway.adapter.providers.simulated.When;
import java.util.List;
import java.util.Locale;

/** {@code faults[]} of a simulated provider. */
final class SimulatedFaultSection {
    private static final ScalarShape<Long> REQUEST = Quantities.count(1, Long.MAX_VALUE);

    static final Key<SimulatedFault> FAULT = Key.required(
            "fault",
            Scalars.choice("fault", List.of(SimulatedFault.values()), SimulatedFaultSection::id),
            "What it does.");
    static final Key<Stage> STAGE = Key.optional(
                    "stage",
                    Scalars.choice("stage", List.of(Stage.values()), SimulatedFaultSection::id),
                    "How far the reply gets before.")
            .or("before-headers");
    static final Key<Integer> STATUS = Key.optional(
                    "status", Quantities.smallCount(400, 599), "HTTP status of `status` and `early-reply`.")
            .or("500");
    static final Key<String> CODE =
            Key.optional("code", Scalars.TEXT, "Error code in the body.").absentMeans("the status's usual one");
    static final Key<List<String>> HEADERS = Key.optional(
            "headers",
            new ListShape<>(Scalars.TEXT, "a list of header lines", 0),
            "Further header lines, e.g. `\"retry-after: 2\"`.");
    static final Key<Double> SHARE =
            Key.optional("share", Quantities.SHARE, "Hits this share of requests, drawn by the seed.");
    static final Key<Long> EVERY = Key.optional("every", REQUEST, "Hits every n-th request.");
    static final Key<Long> FROM = Key.optional("from", REQUEST, "Hits from this request on, counted from 1.");
    static final Key<Long> TO =
            Key.optional("to", REQUEST, "Up to this one, included.").absentMeans("the last");

    static final Section<ScriptedFault> SECTION = Section.of(
                    "fault",
                    "Something that goes wrong. Without `share`, `every` or `from` it hits every request.",
                    List.of(FAULT, STAGE, STATUS, CODE, HEADERS, SHARE, EVERY, FROM, TO),
                    v -> new ScriptedFault(
                            v.value(FAULT),
                            v.value(STAGE),
                            when(v),
                            v.value(STATUS),
                            v.get(CODE, ""),
                            v.get(HEADERS, List.of())))
            .oneOf(false, SHARE, EVERY, FROM);

    private SimulatedFaultSection() {}

    private static When when(Values v) {
        Double share = v.get(SHARE);
        Long every = v.get(EVERY);
        Long from = v.get(FROM);
        if (from == null && v.has(TO)) {
            v.error(TO, "means nothing without 'from'", "add from: 1");
        }
        if (share != null) {
            return new When.Chance(share);
        }
        if (every != null) {
            return new When.Every(every);
        }
        return from == null ? When.always() : new When.Between(from, v.get(TO, Long.MAX_VALUE));
    }

    static Object shown(ScriptedFault fault) {
        Shown shown = new Shown()
                .put(FAULT, id(fault.fault()))
                .put(STAGE, id(fault.stage()))
                .put(STATUS, fault.status())
                .put(CODE, fault.code().isEmpty() ? null : fault.code())
                .put(HEADERS, fault.headers());
        return switch (fault.when()) {
            case When.Always() -> shown.map();
            case When.Chance(double share) -> shown.put(SHARE, share).map();
            case When.Every(long n) -> shown.put(EVERY, n).map();
            case When.Between(long from, long to) ->
                shown.put(FROM, from).put(TO, to).map();
        };
    }

    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.tierway.adapter.providers.simulated;

import java.util.ArrayList;
import java.util.List;

/**
 * A fault and the requests it hits.
 *
 * @param status of {@link SimulatedFault#STATUS} and {@link SimulatedFault#EARLY_REPLY}; others ignore it
 * @param code the error code in the body, such as {@code insufficient_quota}; empty for the status's usual one
 * @param headers extra header lines of the reply, such as {@code retry-after: 2}; the same name may come twice
 */
public record ScriptedFault(
        SimulatedFault fault, Stage stage, When when, int status, String code, List<String> headers) {
    private static final int DEFAULT_STATUS = 500;

    public ScriptedFault {
        headers = List.copyOf(headers);
    }

    /** Every request, before the headers. */
    public static ScriptedFault of(SimulatedFault fault) {
        return new ScriptedFault(fault, Stage.BEFORE_HEADERS, When.always(), DEFAULT_STATUS, "", List.of());
    }

    /** Every request gets that status. */
    public static ScriptedFault status(int status) {
        return new ScriptedFault(SimulatedFault.STATUS, Stage.BEFORE_HEADERS, When.always(), status, "", List.of());
    }

    public ScriptedFault at(Stage otherStage) {
        return new ScriptedFault(fault, otherStage, when, status, code, headers);
    }

    public ScriptedFault on(When requests) {
        return new ScriptedFault(fault, stage, requests, status, code, headers);
    }

    public ScriptedFault code(String errorCode) {
        return new ScriptedFault(fault, stage, when, status, errorCode, headers);
    }

    public ScriptedFault header(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new ScriptedFault(fault, stage, when, status, code, more);
    }
}

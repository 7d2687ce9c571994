package dev.tierway.application.rights;

import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;

/**
 * Where calls come in: as their key lets them be made, before anything else looks at them. What stands behind, be it kept
 * replies, steps or rules about tools, goes by what the key has fixed, not by what the caller left out.
 */
public final class AdmittedCalls implements CallAddress {
    private final CallAddress calls;

    public AdmittedCalls(CallAddress calls) {
        this.calls = calls;
    }

    /** @throws dev.tierway.application.error.ForbiddenException if the key isn't for calls */
    @Override
    public CallHandle call(CallCommand command, ReplySink sink) {
        return calls.call(KeyRights.admitted(command), sink);
    }
}

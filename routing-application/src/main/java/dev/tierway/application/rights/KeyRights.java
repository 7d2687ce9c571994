package dev.tierway.application.rights;

import dev.tierway.application.access.Caller;
import dev.tierway.application.access.FixedValues;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.error.ForbiddenException;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.error.UnknownReplicaException;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.routing.Allowed;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.Constraints;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a caller's key makes of a call, wherever it comes from. */
public final class KeyRights {
    private KeyRights() {}

    /** @throws ForbiddenException if the key isn't for that */
    public static void require(Caller caller, KeyScope scope) {
        if (!caller.may(scope)) {
            throw new ForbiddenException(
                    "API key '" + caller.key() + "' lacks the scope '" + scope.id() + "': use a key that has it.");
        }
    }

    /** The call as it may be made. */
    public static CallCommand admitted(CallCommand said) {
        require(said.caller(), KeyScope.CALL);
        if (said.options().explain()) {
            require(said.caller(), KeyScope.EXPLAIN);
        }
        return fixed(said);
    }

    /**
     * The call with the values its key fixes.
     *
     * @throws InvalidRequestException if it says otherwise
     */
    public static CallCommand fixed(CallCommand command) {
        FixedValues fixed = command.caller().grant().fixed();
        if (fixed.equals(FixedValues.NONE)) {
            return command;
        }
        CallOptions said = command.options();
        Map<String, String> tags = new LinkedHashMap<>(said.tags());
        fixed.tags().forEach((name, value) -> {
            one("tags." + name, value, said.tags().get(name), command);
            tags.put(name, value);
        });
        return command.with(new CallOptions(
                local(fixed.local(), said.local(), command),
                said.exclude(),
                said.only(),
                said.require(),
                said.maxCostUsd(),
                said.deadline(),
                said.escalateTo(),
                said.optimize(),
                said.strategy(),
                said.onUnsupported(),
                one("agent", fixed.agent(), said.agent(), command),
                one("workflow", fixed.workflow(), said.workflow(), command),
                said.step(),
                one("user", fixed.user(), said.user(), command),
                said.session(),
                tags,
                said.seed(),
                said.explain(),
                said.state(),
                said.stateVersion(),
                said.idempotencyKey()));
    }

    private static Constraints.Local local(Constraints.Local fixed, Constraints.Local said, CallCommand command) {
        if (fixed == Constraints.Local.ALLOWED) {
            return said;
        }
        if (said != Constraints.Local.ALLOWED && said != fixed) {
            throw otherwise("local", command);
        }
        return fixed;
    }

    private static @Nullable String one(
            String option, @Nullable String fixed, @Nullable String said, CallCommand command) {
        if (fixed == null) {
            return said;
        }
        if (said != null && !said.equals(fixed)) {
            throw otherwise(option, command);
        }
        return fixed;
    }

    private static InvalidRequestException otherwise(String option, CallCommand command) {
        return new InvalidRequestException(Details.of(
                400,
                "fixed_by_key",
                "'" + option + "' is fixed by API key '" + command.key() + "': leave it out, or use another key"));
    }

    /** A name that is nobody's, without the nearest there is: that may be one the key isn't to know. */
    public static <T> T unsuggesting(CallCommand command, Supplier<T> resolving) {
        try {
            return resolving.get();
        } catch (UnknownModelException | UnknownReplicaException unknown) {
            if (command.caller().grant().allowed().equals(Allowed.ALL)) {
                throw unknown;
            }
            UnknownModelException told = new UnknownModelException("nothing is called '"
                    + command.target().address() + "' that this key may use; GET /v1/models lists what is");
            told.initCause(unknown);
            throw told;
        }
    }

    /** @throws ForbiddenException if the key lets the call reach nobody it was meant for */
    public static void requireReachable(CallCommand command, Ask ask, Catalogue catalogue) {
        Allowed allowed = command.caller().grant().allowed();
        if (allowed.equals(Allowed.ALL)) {
            return;
        }
        if (Stream.concat(ask.candidates().stream(), ask.escalation().stream()).noneMatch(admits(allowed, catalogue))
                && !ask.candidates().isEmpty()) {
            throw new ForbiddenException("API key '" + command.key() + "' may not use '" + ask.address()
                    + "'; GET /v1/models lists what it may.");
        }
    }

    private static Predicate<Replica> admits(Allowed allowed, Catalogue catalogue) {
        return replica -> allowed.admits(replica, catalogue.modelOf(replica));
    }
}

package dev.tierway.bootstrap.cli;

import dev.tierway.InvalidConfigException;
import dev.tierway.adapter.http.server.PortUnavailableException;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.bootstrap.cli.remote.RemoteFailure;
import dev.tierway.simulation.trace.TraceException;

/** What people are told of a failure. */
final class FailureText {
    private FailureText() {}

    static String of(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case CommandFailure ours -> message;
            case RemoteFailure remote -> message;
            case StoreException store -> message;
            case PortUnavailableException port -> message;
            case TraceException trace -> message;
            case TierwayException call -> message + " [" + call.code() + "]";
            case InvalidConfigException config -> "the configuration can't be used:\n" + message;
            case InterruptedException interrupted -> "interrupted";
            // Not one we know: whoever reports it needs more than its message.
            default ->
                "unexpected " + failure.getClass().getSimpleName() + ": " + message
                        + ". Run it again with --debug to see where, and please report it.";
        };
    }
}

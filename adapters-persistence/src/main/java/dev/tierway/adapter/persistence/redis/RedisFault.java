package dev.tierway.adapter.persistence.redis;

import dev.tierway.adapter.persistence.StoreException;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Says in words what is wrong with the server. */
final class RedisFault {
    private RedisFault() {}

    static StoreException of(Throwable error, RedisOptions options) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof StoreException known) {
            return known;
        }
        return new StoreException("Redis at " + options.where() + ": " + words(cause, options), cause);
    }

    private static String words(Throwable cause, RedisOptions options) {
        if (cause instanceof TimeoutException) {
            return "no answer within " + options.timeout().toMillis() + " ms";
        }
        String message = String.valueOf(cause.getMessage());
        if (!(cause instanceof RedisCommandExecutionException)) {
            return "not connected (" + message + ")";
        }
        if (message.startsWith("OOM")) {
            return "out of memory: raise maxmemory, or give Tierway a server of its own";
        }
        if (message.startsWith("READONLY")) {
            return "is a read-only replica: point the url at the primary";
        }
        if (message.startsWith("LOADING")) {
            return "still loads its data after a start";
        }
        if (message.startsWith("NOAUTH") || message.startsWith("WRONGPASS") || message.startsWith("NOPERM")) {
            return "refuses our user or password, or its access list forbids a command (" + message + ")";
        }
        return message;
    }
}

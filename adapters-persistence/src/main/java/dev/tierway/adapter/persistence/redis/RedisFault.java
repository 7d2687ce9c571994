package dev.tierway.adapter.persistence.redis;

import dev.tierway.adapter.persistence.StoreException;
import io.lettuce.core.RedisCommandExecutionException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

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
        String said = saidByServer(cause);
        if (said == null && has(cause, CertificateException.class)) {
            return "its certificate isn't trusted, or is another host's: add who signed it to this JVM's trust store"
                    + " (-Djavax.net.ssl.trustStore)";
        }
        if (said == null) {
            return "not connected (" + cause.getMessage() + ")";
        }
        // A script's error has the command's own in the middle.
        if (said.contains("OOM ")) {
            return "out of memory: raise maxmemory, or give Tierway a server of its own";
        }
        if (said.contains("READONLY ")) {
            return "is a read-only replica: point the url at the primary";
        }
        if (said.contains("LOADING ")) {
            return "still loads its data after a start";
        }
        if (said.contains("NOAUTH ") || said.contains("WRONGPASS ") || said.contains("NOPERM ")) {
            return "refuses our user or password, or its access list forbids a command (" + said + ")";
        }
        return said;
    }

    private static boolean has(Throwable error, Class<? extends Throwable> kind) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String saidByServer(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return null;
    }
}

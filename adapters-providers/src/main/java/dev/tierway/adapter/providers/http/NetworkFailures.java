package dev.tierway.adapter.providers.http;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a broken connection means. The words are ours: those of exceptions name hosts, and a decision must not show
 * where a provider is.
 */
public final class NetworkFailures {
    private NetworkFailures() {}

    /** No connection came about: nothing was sent, and the provider's other replicas are as unreachable. */
    public static Failure connecting(Throwable cause) {
        if (isA(cause, ConnectTimeoutException.class) || isA(cause, TimeoutException.class)) {
            return connectTimeout();
        }
        return new Failure(
                FailureClass.TRANSPORT, Failure.Scope.PROVIDER, Processed.NO, null, null, null, whyNotConnected(cause));
    }

    /** The connection didn't stand in time. */
    public static Failure connectTimeout() {
        return new Failure(
                FailureClass.TIMEOUT,
                Failure.Scope.PROVIDER,
                Processed.NO,
                null,
                null,
                null,
                "the provider could not be connected to in time");
    }

    /** The request has left, the reply broke: nobody knows what the vendor did. */
    public static Failure replying(Throwable cause) {
        boolean cut = isA(cause, HttpClosedException.class)
                || isA(cause, StreamResetException.class)
                || isA(cause, IOException.class);
        return cut
                ? Failure.of(
                        FailureClass.TRANSPORT,
                        Processed.UNKNOWN,
                        "the provider closed the connection before its reply was complete")
                : Failure.of(FailureClass.UPSTREAM_FAULT, Processed.UNKNOWN, "the provider's reply is not valid HTTP");
    }

    private static String whyNotConnected(Throwable cause) {
        if (isA(cause, UnknownHostException.class)) {
            return "the provider's host name could not be resolved";
        }
        if (isA(cause, CertificateExpiredException.class)) {
            return "TLS failed: the provider's certificate has expired";
        }
        if (isA(cause, CertificateException.class) || isA(cause, CertPathBuilderException.class)) {
            return "TLS failed: the provider's certificate is not trusted, or is another host's";
        }
        if (isA(cause, SSLException.class)) {
            return "TLS failed: no handshake with the provider";
        }
        return "the provider refused the connection, or is unreachable";
    }

    private static boolean isA(@Nullable Throwable cause, Class<? extends Throwable> type) {
        for (Throwable t = cause; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}

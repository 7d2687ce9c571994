package dev.tierway.adapter.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkFailuresTest {
    @ParameterizedTest
    @MethodSource("connecting")
    void what_keeps_a_connection_from_coming_about_is_named_and_was_never_sent(
            Throwable cause, FailureClass expected, String word) {
        Failure failure = NetworkFailures.connecting(cause);
        assertThat(failure.failureClass()).isEqualTo(expected);
        assertThat(failure.processed()).isEqualTo(Processed.NO);
        assertThat(failure.scope()).isEqualTo(Failure.Scope.PROVIDER);
        assertThat(failure.message()).contains(word).doesNotContain("secret-host");
    }

    static Stream<Arguments> connecting() {
        return Stream.of(
                Arguments.of(
                        new ConnectException("Connection refused: secret-host/10.0.0.1"),
                        FailureClass.TRANSPORT,
                        "refused"),
                Arguments.of(new UnknownHostException("secret-host"), FailureClass.TRANSPORT, "host name"),
                Arguments.of(new ConnectTimeoutException("secret-host"), FailureClass.TIMEOUT, "in time"),
                Arguments.of(ssl(new CertificateExpiredException("secret-host")), FailureClass.TRANSPORT, "expired"),
                Arguments.of(
                        ssl(new CertificateException("No name matching secret-host found")),
                        FailureClass.TRANSPORT,
                        "another host's"),
                Arguments.of(
                        new SSLHandshakeException("no cipher for secret-host"), FailureClass.TRANSPORT, "handshake"),
                Arguments.of(new IllegalStateException("closed"), FailureClass.TRANSPORT, "unreachable"));
    }

    @Test
    void a_connection_that_breaks_after_the_request_leaves_the_outcome_unknown() {
        for (Throwable cause : new Throwable[] {
            new HttpClosedException("closed"), new SocketException("Connection reset"), new IOException("x")
        }) {
            Failure failure = NetworkFailures.replying(cause);
            assertThat(failure.failureClass()).isEqualTo(FailureClass.TRANSPORT);
            assertThat(failure.processed()).isEqualTo(Processed.UNKNOWN);
            assertThat(failure.scope()).isEqualTo(Failure.Scope.REPLICA);
        }
    }

    @Test
    void a_reply_that_is_no_http_is_the_vendors_fault() {
        assertThat(NetworkFailures.replying(new TooLongHttpHeaderException("x")).failureClass())
                .isEqualTo(FailureClass.UPSTREAM_FAULT);
    }

    private static Throwable ssl(Throwable cause) {
        return new SSLHandshakeException("secret-host").initCause(cause);
    }
}

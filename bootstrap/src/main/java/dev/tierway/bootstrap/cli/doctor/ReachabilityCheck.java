package dev.tierway.bootstrap.cli.doctor;

import dev.tierway.GatewayConfig;
import dev.tierway.ProviderConfig;
import dev.tierway.adapter.providers.AwsSettings;
import dev.tierway.adapter.providers.anthropic.AnthropicTransportFactory;
import dev.tierway.adapter.providers.bedrock.BedrockTransportFactory;
import dev.tierway.adapter.providers.google.GoogleTransportFactory;
import dev.tierway.adapter.providers.openai.OpenAiTransportFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether each provider's host takes connections: all are tried at once, and nothing is sent. */
public final class ReachabilityCheck {
    private static final String AREA = "reachability";
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** Looking up a name can take longer than connecting, and knows no timeout of its own. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ReachabilityCheck() {}

    public static List<Finding> of(GatewayConfig config) throws InterruptedException {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<Finding>> running = new ArrayList<>();
            for (ProviderConfig provider : config.providers()) {
                running.add(threads.submit(() -> check(provider)));
            }
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < running.size(); i++) {
                findings.add(finding(running.get(i), config.providers().get(i)));
            }
            return findings;
        } finally {
            // Not close(): it would wait for names that are still looked up.
            threads.shutdownNow();
        }
    }

    private static Finding finding(Future<Finding> running, ProviderConfig provider) throws InterruptedException {
        String id = provider.id().value();
        try {
            return running.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return Finding.fail(AREA, id, "no answer in " + PATIENCE.toSeconds() + " s: check name server and network");
        } catch (ExecutionException broken) {
            return Finding.fail(AREA, id, "can't be tried: " + broken.getCause());
        }
    }

    private static URI url(ProviderConfig provider) {
        URI said = provider.baseUrl();
        if (said != null) {
            return said;
        }
        AwsSettings aws = provider.aws();
        return switch (provider.kind()) {
            case GoogleTransportFactory.GEMINI, GoogleTransportFactory.VERTEX ->
                GoogleTransportFactory.baseUrl(provider.settings());
            case AnthropicTransportFactory.ANTHROPIC -> AnthropicTransportFactory.BASE_URL;
            default -> aws == null ? OpenAiTransportFactory.OPENAI_BASE_URL : BedrockTransportFactory.baseUrl(aws);
        };
    }

    private static Finding check(ProviderConfig provider) {
        String id = provider.id().value();
        URI url = url(provider);
        if (provider.simulated() != null) {
            return Finding.ok(AREA, id, "simulated: in this process");
        }
        int port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equalsIgnoreCase("http") ? 80 : 443;
        String place = url.getHost() + ":" + port;
        String host = url.getHost().startsWith("[")
                ? url.getHost().substring(1, url.getHost().length() - 1)
                : url.getHost();
        long began = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
            return Finding.ok(AREA, id, place + " in " + (System.nanoTime() - began) / 1_000_000 + " ms");
        } catch (UnknownHostException unknown) {
            return Finding.fail(AREA, id, place + ": no such host; check base-url and name server");
        } catch (IOException refused) {
            return Finding.fail(
                    AREA,
                    id,
                    place + ": " + refused.getMessage() + "; start the server, or check base-url and network");
        }
    }
}

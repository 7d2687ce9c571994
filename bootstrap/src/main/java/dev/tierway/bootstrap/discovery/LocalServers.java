package dev.tierway.bootstrap.discovery;

import dev.tierway.bootstrap.discovery.ServerKind.Place;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks for servers of models at their usual ports of this machine, at all of them at once and for 2 s at most. Where
 * nobody is, nothing is said; what isn't such a server, a gateway of ours among them, isn't found either. Nothing is
 * sent but requests for lists.
 */
public final class LocalServers {
    /** Everything must have been said by then. */
    public static final Duration BOUND = Duration.ofSeconds(2);

    private final String host;
    private final List<Place> places;
    private final Duration bound;

    public LocalServers() {
        this("127.0.0.1", ServerKind.usualPlaces(), BOUND);
    }

    LocalServers(String host, List<Place> places, Duration bound) {
        this.host = host;
        this.places = List.copyOf(places);
        this.bound = bound;
    }

    /** In the order of the ports' table. */
    public List<FoundServer> find() throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(bound)
                .executor(threads)
                .build();
        try {
            List<Future<Optional<FoundServer>>> looks = new ArrayList<>();
            for (Place place : places) {
                URI root = URI.create("http://" + host + ":" + place.port());
                looks.add(threads.submit(() -> new ServerLook(http, root, place.usual(), deadline).found()));
            }
            List<FoundServer> found = new ArrayList<>();
            for (Future<Optional<FoundServer>> look : looks) {
                answered(look, deadline).ifPresent(found::add);
            }
            return found;
        } finally {
            http.shutdownNow();
            threads.shutdownNow();
        }
    }

    private static Optional<FoundServer> answered(Future<Optional<FoundServer>> look, long deadline)
            throws InterruptedException {
        try {
            return look.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException absent) {
            // Nobody there, or nobody who speaks so: that is no news.
            return Optional.empty();
        }
    }
}

package dev.tierway.adapter.providers;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyHead;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.VendorLimit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Remembers what a transport says, and fails the test if it says it in a wrong order. */
public final class RecordingSink implements AttemptSink {
    private static final long PATIENCE_SECONDS = 30;

    private final List<ReplyEvent> events = new ArrayList<>();
    private final List<VendorLimit> limits = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();
    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private final CompletableFuture<ReplyHead> head = new CompletableFuture<>();
    private final CompletableFuture<Void> firstToken = new CompletableFuture<>();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();

    /** How an attempt ended; one of the two is null. */
    public record Ending(TokenUsage usage, Failure failure) {}

    @Override
    public synchronized void sent() {
        check(!sent.isDone() && !ending.isDone(), "sent twice, or after the end");
        sent.complete(null);
    }

    @Override
    public synchronized void limits(List<VendorLimit> seen) {
        check(
                sent.isDone() && limits.isEmpty() && !head.isDone() && !ending.isDone() && !seen.isEmpty(),
                "limits before sent, twice, of nothing, or after the head");
        limits.addAll(seen);
    }

    @Override
    public synchronized void head(ReplyHead got) {
        check(sent.isDone() && !head.isDone() && !ending.isDone(), "head before sent, twice, or after the end");
        head.complete(got);
    }

    @Override
    public synchronized void event(ReplyEvent event) {
        check(head.isDone() && !ending.isDone(), "event before head or after the end");
        events.add(event);
        notifyAll();
        if (event.semantic()) {
            firstToken.complete(null);
        }
    }

    @Override
    public synchronized void end(TokenUsage usage) {
        check(head.isDone() && !ending.isDone(), "end before head, or a second ending");
        ending.complete(new Ending(usage, null));
    }

    @Override
    public synchronized void failed(Failure failure) {
        check(!ending.isDone(), "a second ending: " + failure);
        ending.complete(new Ending(null, failure));
    }

    private void check(boolean condition, String otherwise) {
        if (!condition) {
            breaches.add(otherwise);
        }
    }

    public void awaitSent() {
        await(sent);
    }

    public ReplyHead awaitHead() {
        return await(head);
    }

    public synchronized void awaitEvents(int n) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (events.size() < n) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                throw new AssertionError("only " + events.size() + " of " + n + " events came");
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    public void awaitFirstToken() {
        await(firstToken);
    }

    public Failure awaitFailure() {
        Ending end = awaitEnding();
        if (end.failure() == null) {
            throw new AssertionError("ended well, with " + end.usage());
        }
        return end.failure();
    }

    public TokenUsage awaitEnd() {
        Ending end = awaitEnding();
        if (end.usage() == null) {
            throw new AssertionError("failed: " + end.failure());
        }
        return end.usage();
    }

    public Ending awaitEnding() {
        Ending end = await(ending);
        if (!breaches().isEmpty()) {
            throw new AssertionError(breaches());
        }
        return end;
    }

    public boolean hasEnded() {
        return ending.isDone();
    }

    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    public synchronized List<ReplyEvent> events() {
        return List.copyOf(events);
    }

    /** What the reply's head said of the vendor's limits. */
    public synchronized List<VendorLimit> limits() {
        return List.copyOf(limits);
    }

    /** The bytes of all frames, one after another. */
    public String frames() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ReplyEvent event : events()) {
            if (event instanceof ReplyEvent.Frame frame) {
                all.writeBytes(frame.bytes());
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    public List<ReplyEvent.Frame.Kind> frameKinds() {
        return events().stream().map(e -> ((ReplyEvent.Frame) e).kind()).toList();
    }

    public List<ChatEvent> pieces() {
        return events().stream().map(e -> ((ReplyEvent.Piece) e).event()).toList();
    }

    public ChatResponse whole() {
        return ((ReplyEvent.Whole) events().getFirst()).response();
    }

    /** All text of the pieces. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (ChatEvent event : pieces()) {
            if (event instanceof ChatEvent.TextDelta delta) {
                text.append(delta.text());
            }
        }
        return text.toString();
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing within " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

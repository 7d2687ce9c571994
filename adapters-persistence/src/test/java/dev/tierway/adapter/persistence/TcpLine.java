package dev.tierway.adapter.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;

/** A line to a server of this machine that a test makes slow, cuts, mends, or lays to another server. */
public final class TcpLine implements AutoCloseable {
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int server;
    private volatile long delayNanos;
    private volatile CompletableFuture<Boolean> whole = CompletableFuture.completedFuture(true);

    private TcpLine(ServerSocketFactory entrances, int server) {
        this.server = server;
        try {
            this.entrance = entrances.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    public static TcpLine to(int server) {
        return new TcpLine(ServerSocketFactory.getDefault(), server);
    }

    /** Its entrance may speak TLS. */
    public static TcpLine to(int server, ServerSocketFactory entrances) {
        return new TcpLine(entrances, server);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Questions arrive at once, answers so much later. */
    public void slow(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /** Nothing passes, and nobody is told; what is sent meanwhile passes when it is mended, as TCP has it. */
    public void cut() {
        whole = new CompletableFuture<>();
    }

    public void mend() {
        whole.complete(true);
    }

    /** Whoever is connected has to connect again, and reaches the other one. */
    public void lay(int otherServer) {
        server = otherServer;
        sockets.forEach(TcpLine::close);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Thread.startVirtualThread(() -> connect(client));
            }
        } catch (IOException closed) {
            sockets.forEach(TcpLine::close);
        }
    }

    private void connect(Socket client) {
        sockets.add(client);
        try {
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
            sockets.add(behind);
            pass(client, behind, false);
            pass(behind, client, true);
        } catch (IOException nobodyThere) {
            close(client);
        }
    }

    private record Piece(byte[] bytes, long dueAt) {}

    private void pass(Socket from, Socket to, boolean answers) {
        LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
        Thread.startVirtualThread(() -> read(from, pieces, answers));
        Thread.startVirtualThread(() -> write(to, pieces));
    }

    private void read(Socket from, LinkedBlockingQueue<Piece> pieces, boolean answers) {
        byte[] buffer = new byte[16_384];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                byte[] bytes = Arrays.copyOf(buffer, read);
                pieces.add(new Piece(bytes, System.nanoTime() + (answers ? delayNanos : 0)));
            }
        } catch (IOException gone) {
            // As at the end.
        }
        pieces.add(new Piece(new byte[0], System.nanoTime()));
    }

    private void write(Socket to, LinkedBlockingQueue<Piece> pieces) {
        try {
            for (Piece piece = pieces.take(); piece.bytes.length > 0; piece = pieces.take()) {
                for (long left = piece.dueAt - System.nanoTime(); left > 0; left = piece.dueAt - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                whole.join();
                to.getOutputStream().write(piece.bytes);
                to.getOutputStream().flush();
            }
        } catch (IOException | InterruptedException gone) {
            // As at the end.
        }
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mend();
        sockets.forEach(TcpLine::close);
    }
}

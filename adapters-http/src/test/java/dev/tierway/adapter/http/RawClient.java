package dev.tierway.adapter.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A client that writes bytes, not HTTP. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static String post(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\n" + headers
                + "content-length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    RawClient write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** Everything until the server closes. */
    String readAll() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /** What came until that text, it included. */
    String readUntil(String end) throws IOException {
        StringBuilder read = new StringBuilder();
        int start = -1;
        while (start < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) b);
            start = read.indexOf(end, Math.max(0, read.length() - end.length()));
        }
        return read.toString();
    }

    /** Leaves as a killed process does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

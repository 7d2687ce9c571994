package dev.tierway.adapter.tools;

import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.port.out.ToolOutcome;
import dev.tierway.application.port.out.ToolSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools of an MCP server. It is started when it is first needed, and again after it has died: not before a pause that
 * doubles from one second to one minute as long as that fails.
 */
public final class McpToolSource implements ToolSource {
    private static final Logger LOG = LoggerFactory.getLogger(McpToolSource.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final McpServer server;
    private final Connect connect;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable McpLink link;
    private List<ToolDefinition> known = List.of();
    private boolean everKnown;
    private long pauseNanos;
    private long notBeforeNanos;
    private String trouble = "";
    private boolean closed;

    /** Makes a connection to the server. May wait. */
    interface Connect {
        McpLink connect(McpServer server);
    }

    McpToolSource(McpServer server, Connect connect, LongSupplier nanos) {
        this.server = server;
        this.connect = connect;
        this.nanos = nanos;
    }

    /**
     * Starts nothing yet.
     *
     * @throws IllegalStateException if the MCP SDK isn't on the class path, saying what to add
     */
    public static ToolSource of(McpServer server) {
        try {
            return new McpToolSource(server, SdkLink.connector(), System::nanoTime);
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "tools.mcp needs io.modelcontextprotocol.sdk:mcp-core and"
                            + " io.modelcontextprotocol.sdk:mcp-json-jackson2 on the class path",
                    missing);
        }
    }

    @Override
    public String id() {
        return server.id();
    }

    @Override
    public List<ToolDefinition> tools() {
        lock.lock();
        try {
            McpLink up = up();
            if (up != null && up.listChanged()) {
                known = up.list();
                everKnown = true;
            }
            if (!everKnown) {
                throw new ToolSourceException(
                        "MCP server '" + id() + "' can't be asked for its tools: " + trouble
                                + ". Look at its command or url under tools.mcp, and at its own log",
                        new IllegalStateException(trouble));
            }
            return known;
        } catch (McpLink.LinkException failed) {
            down(failed);
            if (everKnown) {
                return known;
            }
            throw new ToolSourceException(
                    "MCP server '" + id() + "' can't be asked for its tools: " + failed.getMessage(), failed);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ToolOutcome call(String tool, JsonText arguments) throws InterruptedException {
        McpLink up;
        String why;
        lock.lockInterruptibly();
        try {
            up = up();
            why = trouble;
        } finally {
            lock.unlock();
        }
        if (up == null) {
            return ToolOutcome.failure("The server of this tool is down (" + why + "). It is tried again later.");
        }
        try {
            return bounded(up.call(tool, arguments));
        } catch (McpLink.LinkException failed) {
            if (!up.alive()) {
                lock.lock();
                try {
                    if (link == up) {
                        down(failed);
                    }
                } finally {
                    lock.unlock();
                }
            }
            return ToolOutcome.failure("The tool's server failed: " + failed.getMessage());
        }
    }

    /** Under the lock. Null if it is down, and it is too early to try again. */
    private @Nullable McpLink up() {
        McpLink now = link;
        if (now != null && now.alive()) {
            return now;
        }
        if (now != null) {
            down(new McpLink.LinkException("it has ended", null));
        }
        if (closed || (pauseNanos > 0 && nanos.getAsLong() - notBeforeNanos < 0)) {
            trouble = closed ? "closed" : trouble;
            return null;
        }
        try {
            McpLink next = connect.connect(server);
            known = next.list();
            everKnown = true;
            link = next;
            pauseNanos = 0;
            return next;
        } catch (McpLink.LinkException failed) {
            down(failed);
            return null;
        }
    }

    private void down(McpLink.LinkException why) {
        McpLink dead = link;
        link = null;
        if (dead != null) {
            dead.close();
        }
        trouble = String.valueOf(why.getMessage());
        pauseNanos = pauseNanos == 0 ? FIRST_PAUSE_NANOS : Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos);
        notBeforeNanos = nanos.getAsLong() + pauseNanos;
        LOG.warn(
                "MCP server {} is down: {}; it is tried again when it is needed, in {} s at the earliest",
                id(),
                trouble,
                TimeUnit.NANOSECONDS.toSeconds(pauseNanos));
    }

    private ToolOutcome bounded(ToolOutcome outcome) {
        int most = server.resultChars();
        String text = outcome.text();
        return text.length() <= most
                ? outcome
                : new ToolOutcome(
                        text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most)
                                + "\n[cut off: " + most + " of " + text.length() + " characters]",
                        outcome.failed());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            McpLink up = link;
            link = null;
            if (up != null) {
                up.close();
            }
        } finally {
            lock.unlock();
        }
    }
}

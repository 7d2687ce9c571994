package dev.tierway.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** All that Tierway logs, down to the finest. */
public final class Heard extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.tierway");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Level before = OURS.getLevel();

    private Heard() {}

    public static Heard listening() {
        Heard heard = new Heard();
        heard.start();
        OURS.addAppender(heard);
        OURS.setLevel(Level.TRACE);
        return heard;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String cause = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        lines.add(event.getFormattedMessage() + " " + event.getKeyValuePairs() + " " + cause);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        OURS.detachAppender(this);
        OURS.setLevel(before);
        stop();
    }
}

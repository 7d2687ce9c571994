package dev.tierway.bootstrap.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signal by which daemons are told to read their configuration again. Java has no interface of its own for signals: the one
 * that every JVM brings is looked up by name, so that one without it (or a system without the signal) can do everything else.
 */
final class Hangup {
    private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

    private Hangup() {}

    /** From now on the signal does that, in a thread of its own, and ends nothing. */
    static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object doing = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            action.run();
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> arguments != null && arguments.length == 1 && self == arguments[0];
                        default -> "reads the configuration again";
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), doing);
        } catch (ReflectiveOperationException | IllegalArgumentException none) {
            Throwable why =
                    none instanceof InvocationTargetException && none.getCause() != null ? none.getCause() : none;
            LOG.info(
                    "no hangup signal here ({}); the admin port can have the configuration read again", why.toString());
        }
    }
}

package dev.tierway.bootstrap.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to errors nobody caught: they are logged. When the JVM itself fails (memory, stack), no promise about what
 * still runs can be kept; the process ends at once, to be started again by whoever watches over it.
 */
final class LastResort implements Thread.UncaughtExceptionHandler {
    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        try {
            // Looked up here: this object is made before it is decided how to log.
            Logger log = LoggerFactory.getLogger(LastResort.class);
            log.atError()
                    .addKeyValue("thread", thread.getName())
                    .setCause(error)
                    .log("an error nobody caught");
        } finally {
            if (error instanceof VirtualMachineError) {
                Runtime.getRuntime().halt(1);
            }
        }
    }
}

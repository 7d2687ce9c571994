package dev.tierway.bootstrap.cli;

import java.time.Duration;

/** How long a command runs that ends when it is told to. */
interface Lifetime {
    /** What is done, once, when the process is told to stop (SIGTERM, Ctrl-C), before it ends. */
    void onStop(Runnable action);

    /** What is done whenever the process is told to read its configuration again (SIGHUP), where there is such a signal. */
    void onHangup(Runnable action);

    /** Waits until it is told to stop. */
    void awaitStop() throws InterruptedException;

    /** Waits for that long; false if told to stop meanwhile. */
    boolean pause(Duration span) throws InterruptedException;

    /** Since the process was started. */
    Duration sinceStart();
}

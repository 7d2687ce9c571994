package dev.tierway.application.port.out;

/** Runs the tasks of one call, one after another, in order. */
public interface CallExecutor {
    void execute(Runnable task);

    /** Whether the calling thread is running one of this executor's tasks. */
    boolean inside();

    /** Runs the task on this executor at that time of the monotonic clock, unless cancelled before. */
    Timer schedule(Runnable task, long atNanos);

    /** A task that waits for its time. */
    interface Timer {
        void cancel();
    }
}

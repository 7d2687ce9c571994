package dev.tierway.application.port.out;

/** Gives every call its serial executor. */
public interface CallExecutors {
    /** The event loop the calling thread is on, else one of the loops in turn. */
    CallExecutor forCall();

    /** Whether the calling thread is one that must never wait. */
    boolean onEventLoop();
}

package dev.tierway.simulation.report;

/** Is told how far a run has come. Called from several threads, never from two at once. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (done, total) -> {};

    void done(int done, int total);
}

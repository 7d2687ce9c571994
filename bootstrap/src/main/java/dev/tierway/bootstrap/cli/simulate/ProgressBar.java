package dev.tierway.bootstrap.cli.simulate;

import dev.tierway.simulation.report.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Shows how far a run is: on a terminal as a bar that moves, elsewhere as a line now and then. */
public final class ProgressBar implements Progress, AutoCloseable {
    private static final int CELLS = 30;
    private static final String CLEARED = "\r\033[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long started;
    private long shown;
    private boolean drawn;

    public ProgressBar(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.shown = started;
    }

    @Override
    public void done(int done, int total) {
        long now = nanoTime.getAsLong();
        if (now - shown < TimeUnit.MILLISECONDS.toNanos(terminal ? 100 : 15_000)) {
            return;
        }
        shown = now;
        drawn = true;
        long left = (long) ((double) (now - started) / done * (total - done));
        String told = String.format(
                Locale.ROOT,
                "%d of %d trials, %s left",
                done,
                total,
                duration(TimeUnit.NANOSECONDS.toSeconds(left + TimeUnit.SECONDS.toNanos(1) - 1)));
        if (terminal) {
            int filled = (int) ((long) CELLS * done / total);
            out.print(CLEARED + "  [" + "#".repeat(filled) + ".".repeat(CELLS - filled) + "] " + 100L * done / total
                    + " %  " + told);
        } else {
            out.println("tierway: " + told);
        }
        out.flush();
    }

    private static String duration(long seconds) {
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    /** Leaves no half-drawn line behind. */
    @Override
    public void close() {
        if (terminal && drawn) {
            out.print(CLEARED);
            out.flush();
        }
    }
}

package dev.tierway.adapter.persistence.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs steps for one instance: each answers within the timeout or fails with words. */
final class RedisSteps {
    private static final int KNOWN = 4;

    private final RedisLink link;
    private final RedisClocks clocks;
    private final String instance;

    RedisSteps(RedisLink link, RedisClocks clocks, String instance) {
        this.link = link;
        this.clocks = clocks;
        this.instance = instance;
    }

    /** What every script is told, to be followed by what this one needs. */
    List<String> args() {
        List<String> args = new ArrayList<>(24);
        args.add(clocks.now());
        args.add(instance);
        args.add(clocks.leaseMicros());
        args.add(clocks.reservationMicros());
        args.add("");
        return args;
    }

    /** For a step that is counted: the latest that is known to be done. */
    static List<String> known(List<String> args, long latest) {
        args.set(KNOWN, Long.toString(latest));
        return args;
    }

    /** However long it takes: whoever asks wants to know even after it told its own caller that it failed. */
    CompletableFuture<List<Object>> sent(RedisScript script, List<String> args) {
        return link.run(script, args.toArray(String[]::new));
    }

    CompletableFuture<List<Object>> run(RedisScript script, List<String> args) {
        return inTime(sent(script, args));
    }

    /** The same answer, or a failure in words, also if it takes too long. */
    <T> CompletableFuture<T> inTime(CompletableFuture<T> answer) {
        return link.inTime(answer);
    }
}

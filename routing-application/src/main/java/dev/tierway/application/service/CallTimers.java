package dev.tierway.application.service;

import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.domain.call.TimerKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** The timers of one call, one of each kind. */
final class CallTimers {
    private final CallExecutor executor;
    private final Consumer<TimerKind> rings;
    private final Map<TimerKind, CallExecutor.Timer> armed = new EnumMap<>(TimerKind.class);

    CallTimers(CallExecutor executor, Consumer<TimerKind> rings) {
        this.executor = executor;
        this.rings = rings;
    }

    void arm(TimerKind kind, long atNanos) {
        disarm(kind);
        armed.put(kind, executor.schedule(() -> rings.accept(kind), atNanos));
    }

    void disarm(TimerKind kind) {
        CallExecutor.Timer timer = armed.remove(kind);
        if (timer != null) {
            timer.cancel();
        }
    }
}

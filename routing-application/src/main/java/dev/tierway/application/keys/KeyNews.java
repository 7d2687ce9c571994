package dev.tierway.application.keys;

import dev.tierway.application.port.out.KeyListener;
import dev.tierway.application.port.out.StoredKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells every listener of keys. */
public final class KeyNews {
    private final List<KeyListener> listeners;
    private final Set<StoredKey> here = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean down = new AtomicBoolean();

    public KeyNews(List<KeyListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void givenHere(StoredKey key) {
        here.add(key);
    }

    void notGiven(StoredKey key) {
        here.remove(key);
    }

    void changed(StoredKey key) {
        boolean own = here.remove(key);
        tell(listener -> listener.changed(key, own));
    }

    void unusable(StoredKey key) {
        tell(listener -> listener.unusable(key));
    }

    void storeDown(Throwable error) {
        if (down.compareAndSet(false, true)) {
            Throwable why = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            tell(listener -> listener.storeDown(why));
        }
    }

    void storeUp() {
        if (down.compareAndSet(true, false)) {
            tell(KeyListener::storeUp);
        }
    }

    /** One that throws must not make a change look refused. */
    private void tell(Consumer<KeyListener> what) {
        for (KeyListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException broken) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
            }
        }
    }
}

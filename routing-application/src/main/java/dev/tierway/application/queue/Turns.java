package dev.tierway.application.queue;

import dev.tierway.application.queue.FairQueue.Ticket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The callers of one priority that wait, in the order of their turns. */
final class Turns<E> {
    private final Map<String, TreeMap<Long, Ticket<E>>> callers = new LinkedHashMap<>();
    private int size;

    /** How much of its weight's share it has had. */
    double passed;

    void add(Ticket<E> ticket) {
        callers.computeIfAbsent(ticket.caller(), caller -> new TreeMap<>()).put(ticket.number(), ticket);
        size++;
    }

    boolean remove(Ticket<E> ticket) {
        TreeMap<Long, Ticket<E>> own = callers.get(ticket.caller());
        if (own == null || own.remove(ticket.number()) == null) {
            return false;
        }
        if (own.isEmpty()) {
            callers.remove(ticket.caller());
        }
        size--;
        return true;
    }

    /** The caller goes to the end of the line. */
    boolean served(Ticket<E> ticket) {
        if (!remove(ticket)) {
            return false;
        }
        TreeMap<Long, Ticket<E>> rest = callers.remove(ticket.caller());
        if (rest != null) {
            callers.put(ticket.caller(), rest);
        }
        return true;
    }

    @Nullable
    Ticket<E> first(Predicate<E> canUse) {
        for (TreeMap<Long, Ticket<E>> own : callers.values()) {
            for (Ticket<E> ticket : own.values()) {
                if (canUse.test(ticket.element())) {
                    return ticket;
                }
            }
        }
        return null;
    }

    @Nullable
    Ticket<E> newestOfLongest() {
        TreeMap<Long, Ticket<E>> longest = null;
        for (TreeMap<Long, Ticket<E>> own : callers.values()) {
            if (longest == null || own.size() >= longest.size()) {
                longest = own;
            }
        }
        return longest == null ? null : longest.lastEntry().getValue();
    }

    int waiting(String caller) {
        TreeMap<Long, Ticket<E>> own = callers.get(caller);
        return own == null ? 0 : own.size();
    }

    /** Calls that have had their turn after each caller had that many. */
    int within(int turns) {
        int sum = 0;
        for (TreeMap<Long, Ticket<E>> own : callers.values()) {
            sum += Math.min(own.size(), turns);
        }
        return sum;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}

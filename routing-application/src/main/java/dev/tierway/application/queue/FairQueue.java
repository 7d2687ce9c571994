package dev.tierway.application.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is next: priorities share by weight (stride scheduling, Waldspurger and Weihl 1995), callers of one priority take
 * turns, one caller's calls go in the order they came. For one thread.
 */
public final class FairQueue<E> {
    private final Map<QueuePriority, Turns<E>> priorities = new EnumMap<>(QueuePriority.class);
    private long tickets;
    private int size;
    private double virtualTime;

    public FairQueue() {
        for (QueuePriority priority : QueuePriority.values()) {
            priorities.put(priority, new Turns<>());
        }
    }

    /** A place in the queue. Compared by identity. */
    public static final class Ticket<E> {
        private final String caller;
        private final QueuePriority priority;
        private final long number;
        private final E element;

        private Ticket(String caller, QueuePriority priority, long number, E element) {
            this.caller = caller;
            this.priority = priority;
            this.number = number;
            this.element = element;
        }

        public QueuePriority priority() {
            return priority;
        }

        public E element() {
            return element;
        }

        String caller() {
            return caller;
        }

        long number() {
            return number;
        }
    }

    public Ticket<E> add(String caller, QueuePriority priority, E element) {
        Ticket<E> ticket = new Ticket<>(caller, priority, ++tickets, element);
        insert(ticket);
        return ticket;
    }

    /** Where one that has left before waited: nobody of its caller that came later goes first. */
    public void putBack(Ticket<E> ticket) {
        insert(ticket);
    }

    private void insert(Ticket<E> ticket) {
        Turns<E> turns = turns(ticket.priority);
        if (turns.isEmpty()) {
            // Who had nothing to ask for has saved up nothing.
            turns.passed = Math.max(turns.passed, virtualTime);
        }
        turns.add(ticket);
        size++;
    }

    /** Takes it out without a slot. False if it isn't in it any more. */
    public boolean remove(Ticket<E> ticket) {
        boolean removed = turns(ticket.priority).remove(ticket);
        if (removed) {
            size--;
        }
        return removed;
    }

    /** Takes it out with a slot: its caller and its priority have had their turn. */
    public boolean served(Ticket<E> ticket) {
        Turns<E> turns = turns(ticket.priority);
        boolean removed = turns.served(ticket);
        if (removed) {
            size--;
            virtualTime = Math.max(virtualTime, turns.passed);
            turns.passed += 1.0 / ticket.priority.weight();
        }
        return removed;
    }

    /** Whose turn it is of those that can use the slot; it stays where it is. Null if nobody can. */
    public @Nullable Ticket<E> next(Predicate<E> canUse) {
        for (QueuePriority priority : inTurn()) {
            Ticket<E> found = turns(priority).first(canUse);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private List<QueuePriority> inTurn() {
        List<QueuePriority> order = new ArrayList<>(Arrays.asList(QueuePriority.values()));
        order.removeIf(priority -> turns(priority).isEmpty());
        order.sort(Comparator.comparingDouble(priority -> turns(priority).passed));
        return order;
    }

    /** Who makes room if there are too many: the newest call of the caller that waits for most, by its priority's weight. */
    public @Nullable Ticket<E> victim() {
        Ticket<E> victim = null;
        double most = 0;
        for (QueuePriority priority : QueuePriority.values()) {
            Ticket<E> newest = turns(priority).newestOfLongest();
            if (newest != null) {
                double length = waiting(newest.caller, priority) / (double) priority.weight();
                if (length >= most) {
                    most = length;
                    victim = newest;
                }
            }
        }
        return victim;
    }

    /** How many get a slot before a call that comes now, if all that wait can use every slot. */
    public double ahead(String caller, QueuePriority priority) {
        Turns<E> own = turns(priority);
        double sameUrgency = own.within(own.waiting(caller) + 1);
        double ahead = sameUrgency;
        for (QueuePriority other : QueuePriority.values()) {
            if (other != priority) {
                double share = (sameUrgency + 1) * other.weight() / priority.weight();
                ahead += Math.min(turns(other).size(), share);
            }
        }
        return ahead;
    }

    public int size() {
        return size;
    }

    public int size(QueuePriority priority) {
        return turns(priority).size();
    }

    /** Calls of that caller and priority. */
    public int waiting(String caller, QueuePriority priority) {
        return turns(priority).waiting(caller);
    }

    private Turns<E> turns(QueuePriority priority) {
        Turns<E> turns = priorities.get(priority);
        if (turns == null) {
            throw new IllegalStateException("no turns for " + priority);
        }
        return turns;
    }
}

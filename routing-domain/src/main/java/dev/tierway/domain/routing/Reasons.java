package dev.tierway.domain.routing;

import java.util.ArrayList;
import java.util.List;

/** The reasons against one candidate after another: a list that costs nothing while it is empty. */
final class Reasons {
    private List<Rejection> list = List.of();

    void add(Rejection rejection) {
        if (list.isEmpty()) {
            list = new ArrayList<>(2);
        }
        list.add(rejection);
    }

    /** What was added since the last time. */
    List<Rejection> take() {
        List<Rejection> taken = list;
        list = List.of();
        return taken;
    }
}

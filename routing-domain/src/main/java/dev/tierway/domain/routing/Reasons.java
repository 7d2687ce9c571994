package dev.tierway.domain.routing;

import java.util.ArrayList;
import java.util.List;

/** The reasons against one candidate: a list that costs nothing while it is empty. */
final class Reasons {
    private List<Rejection> list = List.of();

    void add(Rejection rejection) {
        if (list.isEmpty()) {
            list = new ArrayList<>(2);
        }
        list.add(rejection);
    }

    List<Rejection> list() {
        return list;
    }
}

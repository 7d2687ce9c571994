package dev.tierway.application.port.in;

import dev.tierway.application.access.Caller;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Route;
import java.util.List;
import java.util.Optional;

/** What is configured. */
public interface QueryModels {
    List<LogicalModel> models();

    List<Route> routes();

    /** Ids of providers that serve models nobody listed, as {@code PROVIDER/NAME}. */
    default List<String> passthroughProviders() {
        return List.of();
    }

    /** The same as a caller sees it: only what its key may use. */
    QueryModels seenBy(Caller caller);

    /** The model of that id, or the one an alias route or a replica of that name stands for. */
    Optional<LogicalModel> findModel(String name);
}

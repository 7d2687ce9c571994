package dev.tierway.simulation;

import dev.tierway.simulation.baseline.Balancers;
import java.util.ArrayList;
import java.util.List;

/** Who may route, by id. */
final class Contenders {
    static final String ADAPTIVE = "adaptive";
    static final String ORACLE = "oracle-parameters";
    static final String CLAIRVOYANT = "oracle-clairvoyant";
    static final String FIXED_ORDER = "oracle-fixed-order";

    private Contenders() {}

    static List<String> ids() {
        List<String> ids = new ArrayList<>();
        ids.add(ADAPTIVE);
        ids.addAll(Balancers.ids());
        ids.add(ORACLE);
        ids.add(CLAIRVOYANT);
        ids.add(FIXED_ORDER);
        return List.copyOf(ids);
    }

    static void requireKnown(String id) {
        if (!ids().contains(id)) {
            throw new IllegalArgumentException("unknown contender '" + id + "'; there are " + ids());
        }
    }

    /** Anybody but the fixed order, which takes several runs. */
    static Contender of(String id, Stage stage) {
        return switch (id) {
            case ADAPTIVE -> new Spine(stage, stage.fleet().plan().policy());
            case ORACLE -> new ClientLoop(stage, new ParameterOracle(stage, false));
            case CLAIRVOYANT -> new ClientLoop(stage, new ParameterOracle(stage, true));
            default -> new ClientLoop(stage, Chooser.of(Balancers.of(id)));
        };
    }
}

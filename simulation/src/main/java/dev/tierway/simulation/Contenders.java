package dev.tierway.simulation;

import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.simulation.baseline.Balancers;
import dev.tierway.simulation.baseline.Ranking;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may route, by id: production as it is configured; every baseline whole, and as {@code NAME+spine} its ranking alone
 * under production's filter and spillover; the oracles.
 */
final class Contenders {
    static final String ADAPTIVE = "adaptive";
    static final String ORACLE = "oracle-parameters";
    static final String CLAIRVOYANT = "oracle-clairvoyant";
    static final String FIXED_ORDER = "oracle-fixed-order";
    static final String SPINE = "+spine";

    private static final List<String> IDS = allIds();

    private Contenders() {}

    static List<String> ids() {
        return IDS;
    }

    private static List<String> allIds() {
        List<String> ids = new ArrayList<>();
        ids.add(ADAPTIVE);
        for (String baseline : Balancers.ids()) {
            ids.add(baseline);
            ids.add(baseline + SPINE);
        }
        ids.add(ORACLE);
        ids.add(CLAIRVOYANT);
        ids.add(FIXED_ORDER);
        return List.copyOf(ids);
    }

    static void requireKnown(String id) {
        if (!IDS.contains(id)) {
            throw new IllegalArgumentException("unknown contender '" + id + "'; there are " + IDS);
        }
    }

    /** Anybody but the fixed order, which takes several runs. */
    static Contender of(String id, Stage stage) {
        RoutingPolicy policy = stage.fleet().plan().policy();
        if (id.endsWith(SPINE)) {
            String baseline = id.substring(0, id.length() - SPINE.length());
            return new Spine(stage, policy.ranking(Ranking.of(baseline)));
        }
        return switch (id) {
            case ADAPTIVE -> new Spine(stage, policy);
            case ORACLE -> new ClientLoop(stage, new ParameterOracle(stage, false));
            case CLAIRVOYANT -> new ClientLoop(stage, new ParameterOracle(stage, true));
            default -> new ClientLoop(stage, Chooser.of(Balancers.of(id)));
        };
    }
}

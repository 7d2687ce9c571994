package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.fleet.ModelState;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is taken from a candidate's siblings where nothing is known of itself. Made once per decision. */
final class ScoringContext {
    private static final double START_SUCCESS = 0.95;
    private static final double MOST_PRIOR = 0.999;

    private final List<ReplicaView> pool;
    private final RequestFeatures features;
    private final long nowNanos;
    private final double[] good;
    private final double[] bad;
    private final Map<ModelId, Sums> ofModel = new HashMap<>();
    private final Sums ofAll = new Sums();
    private final double dearest;
    private final double medianPrice;

    /** Counted results, and medians once somebody asks for them; NaN: nobody knows. */
    private static final class Sums {
        double good;
        double bad;
        double @Nullable [] medians;
    }

    ScoringContext(List<ReplicaView> pool, RequestFeatures features, long nowNanos) {
        this.pool = pool;
        this.features = features;
        this.nowNanos = nowNanos;
        int size = pool.size();
        good = new double[size];
        bad = new double[size];
        double[] prices = new double[size];
        int known = 0;
        for (int i = 0; i < size; i++) {
            ReplicaView view = pool.get(i);
            good[i] = view.state().successesAt(nowNanos);
            bad[i] = view.state().failuresAt(nowNanos);
            Sums model = ofModel.computeIfAbsent(view.model().id(), id -> new Sums());
            model.good += good[i];
            model.bad += bad[i];
            ofAll.good += good[i];
            ofAll.bad += bad[i];
            Double price = Expectations.price(view, features);
            // A local replica that merely has no price says nothing of what others charge.
            if (price != null && view.replica().price() != null) {
                prices[known++] = price;
            }
        }
        Arrays.sort(prices, 0, known);
        dearest = known == 0 ? Double.NaN : prices[known - 1];
        medianPrice = known == 0 ? 0 : prices[known / 2];
    }

    double good(int i) {
        return good[i];
    }

    double bad(int i) {
        return bad[i];
    }

    /** What an unknown price is taken for: the dearest known; null if none is known, then price decides nothing. */
    @Nullable
    Double priceOfUnknown() {
        return Double.isNaN(dearest) ? null : dearest;
    }

    /** Median price of the candidates; 0 if none is known. */
    double medianPrice() {
        return medianPrice;
    }

    /** Success of the model's other replicas, else of the whole tier, within what a newcomer may be credited with. */
    double priorSuccess(int i) {
        double pooled = share(sums(i), i);
        if (Double.isNaN(pooled)) {
            // Its own results included: else one success would make it look worse than a replica without any.
            pooled = share(ofAll.good, ofAll.bad);
        }
        return Double.isNaN(pooled) ? START_SUCCESS : Math.clamp(pooled, START_SUCCESS, MOST_PRIOR);
    }

    private double share(Sums sums, int i) {
        double others = sums.good - good[i];
        return share(others, sums.bad - bad[i]);
    }

    private static double share(double succeeded, double failed) {
        double all = succeeded + failed;
        // What rounding leaves of a sum after its only part is taken away is not a sibling.
        return all > 1e-9 ? succeeded / all : Double.NaN;
    }

    double ttftNanos(int i) {
        Double own = ttft(pool.get(i));
        return own != null ? own : median(i, 0, ModelState.DEFAULT_TTFT_NANOS);
    }

    double tokenNanos(int i) {
        Double own = perToken(pool.get(i));
        return own != null ? own : median(i, 1, ModelState.DEFAULT_TOKEN_NANOS);
    }

    /** Seconds a failure takes there; unknown: as at its siblings, else half of what an attempt may wait. */
    double failSeconds(int i) {
        ReplicaView view = pool.get(i);
        Double own = view.state().failNanos().mean();
        double allowed =
                view.replica().timeouts().firstTokenNanos(features.tokens().input());
        return (own != null ? own : median(i, 2, allowed / 2)) / 1e9;
    }

    private Sums sums(int i) {
        return ofModel.computeIfAbsent(pool.get(i).model().id(), id -> new Sums());
    }

    private double median(int i, int which, double otherwise) {
        double siblings = medians(sums(i), pool.get(i).model().id())[which];
        double typical = Double.isNaN(siblings) ? medians(ofAll, null)[which] : siblings;
        return Double.isNaN(typical) ? otherwise : typical;
    }

    private double[] medians(Sums of, @Nullable ModelId model) {
        double[] known = of.medians;
        if (known == null) {
            known = new double[] {
                median(model, this::ttft),
                median(model, this::perToken),
                median(model, view -> view.state().failNanos().mean())
            };
            of.medians = known;
        }
        return known;
    }

    private @Nullable Double ttft(ReplicaView view) {
        return view.state()
                .latency()
                .ttftNanos(view.modelState(), features.tokens().input(), nowNanos);
    }

    private @Nullable Double perToken(ReplicaView view) {
        return view.state().latency().tokenNanos(view.modelState(), nowNanos);
    }

    private interface Measure {
        @Nullable
        Double of(ReplicaView view);
    }

    private double median(@Nullable ModelId model, Measure measure) {
        double[] values = new double[pool.size()];
        int known = 0;
        for (ReplicaView view : pool) {
            Double value = model == null || view.model().id().equals(model) ? measure.of(view) : null;
            if (value != null) {
                values[known++] = value;
            }
        }
        Arrays.sort(values, 0, known);
        return known == 0 ? Double.NaN : values[known / 2];
    }
}

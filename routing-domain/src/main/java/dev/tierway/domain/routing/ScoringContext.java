package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.SuccessSettings;
import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is taken from a candidate's siblings where nothing is known of itself. Made once per decision. */
final class ScoringContext {
    private final List<ReplicaView> pool;
    private final RequestFeatures features;
    private final long nowNanos;
    /** Every candidate's counted results as they are now, and its model's: scoring asks for them again. */
    private final double[] good;

    private final double[] bad;
    private final Sums[] ofModel;
    private final Sums ofAll = new Sums(null, null);
    private final double dearest;
    private double medianPrice = Double.NaN;
    private double @Nullable [] scratch;

    /** A median nobody has asked for yet. */
    private static final double ASK = -1;

    /** What a candidate may be measured by; NaN is unknown. */
    private enum Measure {
        TTFT,
        TOKEN,
        FAILURE
    }

    /** Counted results, and medians once somebody asks for them; NaN: nobody knows. */
    private static final class Sums {
        final @Nullable ModelId model;
        final @Nullable Sums next;
        double good;
        double bad;
        double @Nullable [] medians;

        Sums(@Nullable ModelId model, @Nullable Sums next) {
            this.model = model;
            this.next = next;
        }
    }

    ScoringContext(List<ReplicaView> pool, RequestFeatures features, long nowNanos) {
        this.pool = pool;
        this.features = features;
        this.nowNanos = nowNanos;
        good = new double[pool.size()];
        bad = new double[pool.size()];
        ofModel = new Sums[pool.size()];
        double most = Double.NaN;
        Sums models = null;
        for (int i = 0; i < pool.size(); i++) {
            ReplicaView view = pool.get(i);
            Sums model = sums(view.model().id(), models);
            if (model == null) {
                model = new Sums(view.model().id(), models);
                models = model;
            }
            ofModel[i] = model;
            good[i] = view.successesAt(nowNanos);
            bad[i] = view.failuresAt(nowNanos);
            model.good += good[i];
            model.bad += bad[i];
            ofAll.good += good[i];
            ofAll.bad += bad[i];
            if (charges(view)) {
                double price = Expectations.price(view, features);
                most = price <= most ? most : price;
            }
        }
        dearest = most;
    }

    /** A local replica that merely has no price says nothing of what others charge. */
    private static boolean charges(ReplicaView view) {
        return view.replica().price() != null;
    }

    /** Null if that model hasn't been met; there are few. */
    private static @Nullable Sums sums(ModelId model, @Nullable Sums met) {
        Sums one = met;
        while (one != null && !model.equals(one.model)) {
            one = one.next;
        }
        return one;
    }

    /** What an unknown price is taken for: the dearest known; NaN if none is known, then price decides nothing. */
    double priceOfUnknown() {
        return dearest;
    }

    /** Median price of the candidates; 0 if none is known. */
    double medianPrice() {
        if (Double.isNaN(medianPrice)) {
            double[] known = scratch();
            int size = 0;
            for (ReplicaView view : pool) {
                if (charges(view)) {
                    known[size++] = Expectations.price(view, features);
                }
            }
            medianPrice = size == 0 ? 0 : Median.of(known, size);
        }
        return medianPrice;
    }

    private double[] scratch() {
        double[] values = scratch;
        if (values == null) {
            values = new double[pool.size()];
            scratch = values;
        }
        return values;
    }

    /** A candidate's successes that count. */
    double good(int i) {
        return good[i];
    }

    /** A candidate's failures that count. */
    double bad(int i) {
        return bad[i];
    }

    /** Success of the model's other replicas, else of the whole tier, within what a newcomer may be credited with. */
    double priorSuccess(int i) {
        Sums model = ofModel[i];
        double pooled = share(model.good - good[i], model.bad - bad[i]);
        if (Double.isNaN(pooled)) {
            // Its own results included: else one success would make it look worse than a replica without any.
            pooled = share(ofAll.good, ofAll.bad);
        }
        SuccessSettings settings = pool.get(i).replica().learning().success();
        return Double.isNaN(pooled)
                ? settings.startPrior()
                : Math.clamp(pooled, settings.leastPrior(), settings.mostPrior());
    }

    private static double share(double succeeded, double failed) {
        double all = succeeded + failed;
        // What rounding leaves of a sum after its only part is taken away is not a sibling.
        return all > 1e-9 ? succeeded / all : Double.NaN;
    }

    double ttftNanos(int i) {
        double own = measure(pool.get(i), Measure.TTFT);
        return Double.isNaN(own) ? median(i, Measure.TTFT, unmeasured(i).ttftNanos()) : own;
    }

    double tokenNanos(int i) {
        double own = measure(pool.get(i), Measure.TOKEN);
        return Double.isNaN(own) ? median(i, Measure.TOKEN, unmeasured(i).tokenNanos()) : own;
    }

    private UnmeasuredSettings unmeasured(int i) {
        return pool.get(i).replica().learning().unmeasured();
    }

    /** Seconds a failure takes there; unknown: as at its siblings, else half of what an attempt may wait. */
    double failSeconds(int i) {
        ReplicaView view = pool.get(i);
        double own = measure(view, Measure.FAILURE);
        if (!Double.isNaN(own)) {
            return own / 1e9;
        }
        double allowed = view.replica()
                .timeouts()
                .firstTokenNanos(features.tokens().input(view.model().id()));
        return median(i, Measure.FAILURE, allowed / 2) / 1e9;
    }

    private double median(int i, Measure which, double otherwise) {
        double siblings = median(ofModel[i], which);
        double typical = Double.isNaN(siblings) ? median(ofAll, which) : siblings;
        return Double.isNaN(typical) ? otherwise : typical;
    }

    private double median(Sums of, Measure which) {
        double[] medians = of.medians;
        if (medians == null) {
            medians = new double[] {ASK, ASK, ASK};
            of.medians = medians;
        }
        if (medians[which.ordinal()] == ASK) {
            medians[which.ordinal()] = computed(of, which);
        }
        return medians[which.ordinal()];
    }

    private double measure(ReplicaView view, Measure which) {
        return switch (which) {
            case TTFT ->
                view.state()
                        .latency()
                        .ttftOrNaN(
                                view.modelState(),
                                view.replica().learning().unmeasured(),
                                features.tokens().input(view.model().id()),
                                nowNanos);
            case TOKEN ->
                view.state()
                        .latency()
                        .tokenOrNaN(view.modelState(), view.replica().learning().unmeasured(), nowNanos);
            case FAILURE -> view.state().failNanos().value();
        };
    }

    private double computed(Sums of, Measure which) {
        double[] values = scratch();
        int known = 0;
        for (int i = 0; i < ofModel.length; i++) {
            double value = of == ofAll || of == ofModel[i] ? measure(pool.get(i), which) : Double.NaN;
            if (!Double.isNaN(value)) {
                values[known++] = value;
            }
        }
        return known == 0 ? Double.NaN : Median.of(values, known);
    }
}

package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.SuccessSettings;
import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is taken from a candidate's siblings where nothing is known of itself. Made once per decision. */
final class ScoringContext {
    private final List<ReplicaView> pool;
    private final RequestFeatures features;
    private final long nowNanos;
    /** Of one model after another, in the order they are met; there are few. */
    private @Nullable Sums ofModels;

    private final Sums ofAll = new Sums(null, null);
    private final double dearest;
    private double medianPrice = Double.NaN;

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
        double most = Double.NaN;
        for (ReplicaView view : pool) {
            double good = view.successesAt(nowNanos);
            double bad = view.failuresAt(nowNanos);
            Sums model = sums(view.model().id());
            model.good += good;
            model.bad += bad;
            ofAll.good += good;
            ofAll.bad += bad;
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

    private Sums sums(ModelId model) {
        for (Sums one = ofModels; one != null; one = one.next) {
            if (one.model == model || model.equals(one.model)) {
                return one;
            }
        }
        Sums first = new Sums(model, ofModels);
        ofModels = first;
        return first;
    }

    /** What an unknown price is taken for: the dearest known; NaN if none is known, then price decides nothing. */
    double priceOfUnknown() {
        return dearest;
    }

    /** Median price of the candidates; 0 if none is known. */
    double medianPrice() {
        if (Double.isNaN(medianPrice)) {
            double[] known = new double[pool.size()];
            int size = 0;
            for (ReplicaView view : pool) {
                if (charges(view)) {
                    known[size++] = Expectations.price(view, features);
                }
            }
            Arrays.sort(known, 0, size);
            medianPrice = size == 0 ? 0 : known[size / 2];
        }
        return medianPrice;
    }

    /** Success of the model's other replicas, else of the whole tier, within what a newcomer may be credited with. */
    double priorSuccess(int i, double ownGood, double ownBad) {
        Sums model = sums(pool.get(i).model().id());
        double pooled = share(model.good - ownGood, model.bad - ownBad);
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
        double allowed =
                view.replica().timeouts().firstTokenNanos(features.tokens().input());
        return median(i, Measure.FAILURE, allowed / 2) / 1e9;
    }

    private double median(int i, Measure which, double otherwise) {
        double siblings = median(sums(pool.get(i).model().id()), which);
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
            medians[which.ordinal()] = computed(of.model, which);
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
                                features.tokens().input(),
                                nowNanos);
            case TOKEN ->
                view.state()
                        .latency()
                        .tokenOrNaN(view.modelState(), view.replica().learning().unmeasured(), nowNanos);
            case FAILURE -> view.state().failNanos().value();
        };
    }

    private double computed(@Nullable ModelId model, Measure which) {
        double[] values = null;
        int known = 0;
        for (ReplicaView view : pool) {
            double value = model == null || view.model().id().equals(model) ? measure(view, which) : Double.NaN;
            if (!Double.isNaN(value)) {
                values = values == null ? new double[pool.size()] : values;
                values[known++] = value;
            }
        }
        if (values == null) {
            return Double.NaN;
        }
        Arrays.sort(values, 0, known);
        return values[known / 2];
    }
}

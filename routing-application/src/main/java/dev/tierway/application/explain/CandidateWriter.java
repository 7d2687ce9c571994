package dev.tierway.application.explain;

import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Rejection;
import dev.tierway.domain.routing.Score;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes candidates of one round with their verdicts. */
final class CandidateWriter {
    private static final double MILLION = 1e6;
    private static final int USD_PLACES = 6;
    private static final int SHARE_PLACES = 4;
    private static final Word CHOSEN = Word.of("chosen");
    private static final Word ELIGIBLE = Word.of("eligible");
    private static final Word REJECTED = Word.of("rejected");
    private static final Word[] CIRCUIT = Word.of(Circuit.Phase.values());

    private final @Nullable ReplicaView chosen;
    private final long atNanos;
    private final JsonWriter out;

    CandidateWriter(@Nullable ReplicaView chosen, long atNanos, JsonWriter out) {
        this.chosen = chosen;
        this.atNanos = atNanos;
        this.out = out;
    }

    void write(Choice.Verdict verdict) {
        out.beginObject();
        out.name(Names.REPLICA).text(RoundWriter.id(verdict.replica()));
        out.name(Names.VERDICT).word(verdict.replica() == chosen ? CHOSEN : verdict.eligible() ? ELIGIBLE : REJECTED);
        Score score = verdict.score();
        if (score != null) {
            score(score);
        }
        out.name(Names.FACTS).beginObject();
        facts(verdict.replica(), score);
        out.endObject();
        reasons(Names.REASONS, verdict.rejections());
        reasons(Names.BYPASSED, verdict.bypassed());
        out.endObject();
    }

    private void score(Score score) {
        out.name(Names.INDEX_USD).decimal(score.index(), USD_PLACES);
        out.name(Names.SUCCESS).decimal(score.success(), SHARE_PLACES);
        out.name(Names.TERMS_USD).beginObject();
        out.name(Names.LOCAL_BONUS).decimal(score.localBonus(), USD_PLACES);
        out.name(Names.PRICE).decimal(score.price(), USD_PLACES);
        out.name(Names.LATENCY).decimal(score.latency(), USD_PLACES);
        out.name(Names.QUOTA_PRESSURE).decimal(score.quotaPressure(), USD_PLACES);
        out.name(Names.FAILURE).decimal(score.failureTerm(), USD_PLACES);
        out.endObject();
    }

    private void facts(ReplicaView view, @Nullable Score score) {
        if (score == null) {
            out.name(Names.TTFT_MS).unknown();
            out.name(Names.MS_PER_TOKEN).unknown();
        } else {
            out.name(Names.TTFT_MS).number(Math.round(score.ttftNanos() / MILLION));
            out.name(Names.MS_PER_TOKEN).decimal(score.tokenNanos() / MILLION, 2);
        }
        out.name(Names.LATENCY_MEASURED).flag(score != null && score.latencyMeasured());
        out.name(Names.IN_FLIGHT).number(view.state().inFlight());
        out.name(Names.LIMIT).number(view.replica().concurrency());
        out.name(Names.HEADROOM).decimal(view.headroom(), SHARE_PLACES);
        out.name(Names.CIRCUIT).word(CIRCUIT[view.circuit(atNanos).ordinal()]);
        ProbeResult probe = view.probe().resultAt(atNanos);
        out.name(Names.PROBE).text(probe == null ? null : probe.id());
        out.name(Names.PRICE_KNOWN).flag(score == null ? view.replica().price() != null : score.priceKnown());
    }

    private void reasons(Word name, List<Rejection> rejections) {
        if (!rejections.isEmpty()) {
            out.name(name).beginArray();
            for (Rejection rejection : rejections) {
                ReasonWriter.write(rejection, atNanos, out);
            }
            out.endArray();
        }
    }
}

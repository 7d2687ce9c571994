package dev.tierway.application.explain;

import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Score;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The order in which candidates are shown. */
final class Ranking {
    private static final int FEW = 48;

    private Ranking() {}

    /** Best first among the eligible, then the refused in declared order. */
    static Choice.Verdict[] of(Choice choice) {
        List<Choice.Verdict> all = choice.verdicts();
        Choice.Verdict[] verdicts = new Choice.Verdict[all.size()];
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = all.get(i);
        }
        if (verdicts.length > FEW) {
            Arrays.sort(verdicts, Comparator.comparingDouble(Ranking::behind));
            return verdicts;
        }
        // By insertion: quicker for few, and as stable.
        double[] behind = new double[verdicts.length];
        for (int i = 0; i < verdicts.length; i++) {
            Choice.Verdict verdict = verdicts[i];
            double its = behind(verdict);
            int at = i;
            while (at > 0 && behind[at - 1] > its) {
                behind[at] = behind[at - 1];
                verdicts[at] = verdicts[at - 1];
                at--;
            }
            behind[at] = its;
            verdicts[at] = verdict;
        }
        return verdicts;
    }

    private static double behind(Choice.Verdict verdict) {
        Score score = verdict.score();
        return score == null ? Double.POSITIVE_INFINITY : -score.index();
    }
}

package dev.tierway.adapter.persistence.crash;

import dev.tierway.adapter.persistence.Answers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;

/** The one who dies: workers reserve and settle for ever, and write their number after each step that was answered. */
final class Victim {
    private Victim() {}

    /** @param args store, where it is kept, the run's name */
    public static void main(String[] args) {
        DurableStore.Opened opened = DurableStore.valueOf(args[0]).open(args[1], (memo, estimate) -> {});
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        List<Plan> plans = Plan.of(args[2]);
        for (int worker = 0; worker < plans.size(); worker++) {
            Plan plan = plans.get(worker);
            int number = worker;
            Thread.ofPlatform().start(() -> work(plan, number, opened, out));
        }
    }

    private static void work(Plan plan, int number, DurableStore.Opened opened, FileOutputStream out) {
        try {
            while (true) {
                Answers.of(plan.take(opened.store()));
                out.write('0' + number);
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}

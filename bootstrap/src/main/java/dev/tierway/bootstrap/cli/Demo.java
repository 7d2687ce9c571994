package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.demo.DemoGateway;
import dev.tierway.bootstrap.demo.Tour;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code tierway demo}. */
@Command(
        name = "demo",
        description = {
            "Start a gateway with simulated providers, call it at all three levels, and explain each decision.",
            "It needs no key and no network, keeps nothing, and serves until Ctrl-C."
        })
final class Demo implements Callable<Integer> {
    private final Session session;

    @Option(names = "--once", description = "End after the calls; exit status 1 if one went otherwise than it should")
    boolean once;

    Demo(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = session.isTable() ? session.out() : new PrintWriter(Writer.nullWriter());
        try (DemoGateway gateway = DemoGateway.start()) {
            session.lifetime().onStop(gateway::close);
            introduce(gateway, out);
            Tour.Outcome outcome = new Tour(gateway, out, Demo::bold).run();
            session.show(outcome.document(), () -> "");
            outcome.failures().forEach(failure -> session.remark("tierway: " + failure));
            if (!outcome.failures().isEmpty()) {
                return 1;
            }
            if (!once) {
                invite(gateway, out);
                session.lifetime().awaitStop();
            }
        }
        return 0;
    }

    private static String bold(String words) {
        return Ansi.AUTO.string("@|bold " + words + "|@");
    }

    private void introduce(DemoGateway gateway, PrintWriter out) {
        if (!gateway.onUsualPorts()) {
            session.remark("tierway: port 8080 or 8081 is taken, so the demo uses free ones");
        }
        out.println(bold("A gateway with three simulated providers: no key, no network."));
        out.println();
        out.println("   API     " + gateway.api() + "/v1");
        out.println("   admin   " + gateway.admin() + "/");
        out.println("   config  " + gateway.config());
        out.println("   Java    var tierway = Tierway.open(Path.of(\"" + gateway.config() + "\"));");
        out.println();
        out.println("   In the tables: US dollars per call, more is better; ~ is guessed, not measured yet.");
        out.flush();
    }

    private static void invite(DemoGateway gateway, PrintWriter out) {
        String url = gateway.onUsualPorts() ? "" : " --url " + gateway.admin();
        out.println();
        out.println(bold("It serves until Ctrl-C. In another terminal:"));
        out.println();
        out.println("   ./tierway status" + url);
        out.println("   ./tierway decisions" + url);
        out.println("   ./tierway explain --tier mid --use-case code" + url + " 'Reverse a list'");
        out.println("   ./tierway call --tier mid --stream" + url + " 'Tell me a story'");
        out.flush();
    }
}

import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.error.LimitExceededException;
import dev.tierway.application.error.LoopDetectedException;
import dev.tierway.application.facade.Routed;
import dev.tierway.application.port.in.AgentMetrics;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.tools.JavaTool;
import dev.tierway.application.tools.ToolAnswer;
import dev.tierway.application.tools.ToolOptions;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.operator.Scope;
import java.nio.file.Path;

/** A coder and a critic, held to limits, stopped when they only keep each other busy, and resumed without paying twice. */
final class TwoAgents {
    private static final Target MODEL = Target.parse("tier:mid/code");

    public static void main(String[] args) {
        try (Tierway tierway = Tierway.open(Path.of(args.length > 0 ? args[0] : "tierway.yaml"))) {
            tools(tierway);
            resume(tierway);
            loop(tierway);
            limit(tierway);
            AgentMetrics metrics = tierway.agents().metrics("coder");
            System.out.println("coder: " + metrics.calls() + " calls, " + metrics.tokens() + " tokens, "
                    + metrics.costUsd() + " USD");
        }
    }

    private static CallOptions.Builder agent(String name, String workflow) {
        return CallOptions.builder().agent(name).workflow(workflow);
    }

    private static void tools(Tierway tierway) {
        JavaTool tests = JavaTool.of("run_tests", "Runs the tests.", (arguments, context) -> "2 of 40 fail");
        JavaTool deploy = JavaTool.of("deploy", "Deploys.", (arguments, context) -> "deployed");
        ToolAnswer answer = tierway.callWithTools(
                MODEL,
                ChatRequest.of("Make the tests pass."),
                agent("coder", "with-tools").build(),
                ToolOptions.builder().tool(tests).tool(deploy).build());
        System.out.println("conversation: " + answer.steps().size() + " calls, ended by " + answer.end());
    }

    private static void resume(Tierway tierway) {
        CallOptions plan = agent("coder", "release").step("plan").build();
        Routed<ChatResponse> first = tierway.call(MODEL, ChatRequest.of("Plan the release."), plan);
        Routed<ChatResponse> again = tierway.call(MODEL, ChatRequest.of("Plan the release."), plan);
        System.out.println("step plan: " + first.selection().attempts() + " attempt, asked again: "
                + again.selection().attempts() + ", last step kept: "
                + tierway.resumePoint("release").lastStep());
    }

    private static void loop(Tierway tierway) {
        for (int turn = 1; ; turn++) {
            try {
                String agent = turn % 2 == 1 ? "coder" : "critic";
                tierway.call(
                        MODEL,
                        ChatRequest.of("Your turn."),
                        agent(agent, "review").build());
            } catch (LoopDetectedException stopped) {
                System.out.println("turn " + turn + ": " + stopped.code() + ", "
                        + stopped.loop().message());
                break;
            }
        }
        tierway.agents().reset(Scope.workflow("review"), "the critic has got new orders");
        tierway.call(
                MODEL, ChatRequest.of("Your turn."), agent("coder", "review").build());
        System.out.println("after a reset it goes on");
    }

    private static void limit(Tierway tierway) {
        try {
            for (int call = 0; call < 3; call++) {
                tierway.call(
                        MODEL,
                        ChatRequest.of("Next."),
                        agent("intern", "chores").build());
            }
        } catch (LimitExceededException over) {
            System.out.println("intern: " + over.limit() + ", " + over.used() + " of " + over.allowed() + " used");
        }
    }
}

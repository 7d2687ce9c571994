package dev.tierway.gateway;

import dev.tierway.GatewayConfig;
import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.tools.JavaTool;
import dev.tierway.application.tools.ToolAnswer;
import dev.tierway.application.tools.ToolOptions;
import dev.tierway.domain.catalogue.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A program with one workflow of four steps, the third a conversation with a tool; its tool hangs if a file says so. */
public final class KilledWorkflow {
    private KilledWorkflow() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        GatewayConfig config = GatewayConfig.parse(Files.readString(folder.resolve("config.yaml")), Map.of());
        try (Tierway tierway = Tierway.builder().config(config).build()) {
            int paid = 0;
            for (String step : new String[] {"plan", "search"}) {
                paid += tierway.call(Target.model("m"), ChatRequest.of(step), options(step))
                        .selection()
                        .attempts();
            }
            JavaTool tool = JavaTool.of("look", "looks", "{\"type\":\"object\"}", (given, context) -> {
                note(folder, "used");
                return "seen";
            });
            JavaTool hang = JavaTool.of("last", "comes last", "{\"type\":\"object\"}", (given, context) -> {
                if (Files.exists(folder.resolve("hang"))) {
                    note(folder, "hanging");
                    new CountDownLatch(1).await();
                }
                return "done";
            });
            ChatRequest asking = ChatRequest.builder()
                    .user("look")
                    .toolChoice(new ToolChoice.Required())
                    .build();
            ToolAnswer looked = tierway.callWithTools(Target.model("m"), asking, options("look"), ToolOptions.of(tool));
            for (var step : looked.steps()) {
                paid += step.selection().attempts();
            }
            ToolAnswer last = tierway.callWithTools(Target.model("m"), asking, options("end"), ToolOptions.of(hang));
            for (var step : last.steps()) {
                paid += step.selection().attempts();
            }
            note(
                    folder,
                    "paid " + paid + " resumed "
                            + tierway.resumePoint("w").completed().size());
        }
    }

    private static CallOptions options(String step) {
        return CallOptions.builder().workflow("w").step(step).agent("ann").build();
    }

    private static void note(Path folder, String line) throws Exception {
        Files.writeString(folder.resolve("notes"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        // The test that reads it may end this process at once.
        System.out.println(line);
    }
}

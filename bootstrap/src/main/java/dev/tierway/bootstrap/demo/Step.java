package dev.tierway.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.remote.Chat;
import java.util.List;
import java.util.function.Predicate;

/**
 * One call of the demo.
 *
 * @param title what it shows
 * @param address who is asked, as clients write it in {@code model}
 * @param seed of the decision: the demo shows the same each time
 * @param java the same from Java
 */
record Step(
        String title,
        String address,
        String prompt,
        boolean stream,
        long seed,
        String java,
        List<Expectation> expectations) {
    /** What must be true of its answer, in words and in fact. */
    record Expectation(String words, Predicate<Chat.Answer> holds) {}

    private static final Expectation ANSWERED = new Expectation(
            "it is answered",
            answer -> !answer.text().isEmpty()
                    && answer.decision().path("outcome").path("status").asText().equals("delivered"));

    static List<Step> all() {
        return List.of(
                new Step(
                        "By tier: you say which class of model, Tierway picks the model and the replica",
                        "tier:mid/code",
                        "Reverse a list",
                        false,
                        1,
                        "tierway.callByTier(ModelTier.MID, UseCase.CODE, ChatRequest.of(\"Reverse a list\"))",
                        List.of(ANSWERED, outcome("tier", "mid"))),
                new Step(
                        "By logical model: you pick the model, Tierway picks the replica",
                        "demo-mid",
                        "Name three rivers",
                        false,
                        2,
                        "tierway.callLogicalModel(\"demo-mid\", ChatRequest.of(\"Name three rivers\"))",
                        List.of(ANSWERED, outcome("model", "demo-mid"))),
                new Step(
                        "By replica: you pick the replica; one attempt, no spillover",
                        "west/demo-mid",
                        "Name three rivers",
                        false,
                        3,
                        "tierway.callReplica(\"west/demo-mid\", ChatRequest.of(\"Name three rivers\"))",
                        List.of(ANSWERED, outcome("replica", "west/demo-mid"), rounds(1))),
                new Step(
                        "Spillover: the best replica answers 429, so the next one gets the call",
                        "tier:small/chat",
                        "What is a quorum?",
                        false,
                        4,
                        "tierway.callByTier(ModelTier.SMALL, UseCase.CHAT, ChatRequest.of(\"What is a quorum?\"))",
                        List.of(ANSWERED, rounds(2), refusedFirst())),
                new Step(
                        "Streamed, to the default route: each piece as it comes",
                        "auto",
                        "Tell a story",
                        true,
                        5,
                        "tierway.stream(Target.parse(\"auto\"), ChatRequest.of(\"Tell a story\"), CallOptions.NONE)",
                        List.of(ANSWERED, outcome("tier", "mid"), streamed())));
    }

    private static Expectation outcome(String member, String value) {
        return new Expectation(
                "the answer comes from " + member + " " + value,
                answer ->
                        answer.decision().path("outcome").path(member).asText().equals(value));
    }

    private static Expectation rounds(int count) {
        return new Expectation(
                "it takes " + count + (count == 1 ? " attempt" : " attempts"),
                answer -> answer.decision().path("rounds").size() == count);
    }

    private static Expectation refusedFirst() {
        return new Expectation("the first attempt is answered 429 and another replica answers", answer -> {
            JsonNode first = answer.decision().path("rounds").path(0);
            JsonNode replica = answer.decision().path("outcome").path("replica");
            return first.path("result").path("class").asText().equals("rate_limited")
                    && !first.path("chose").equals(replica);
        });
    }

    private static Expectation streamed() {
        return new Expectation("it comes in many pieces", answer -> answer.chunks() > 10);
    }

    /** What isn't as it should be, in words. */
    List<String> unmet(Chat.Answer answer) {
        return expectations.stream()
                .filter(one -> !one.holds().test(answer))
                .map(Expectation::words)
                .toList();
    }

    /** The same with curl, on two lines. */
    String curl(Object api) {
        return "curl -s" + (stream ? "N " : " ") + api + "/v1/chat/completions -H 'content-type: application/json' \\\n"
                + "       -d '{\"model\":\"" + address + "\"" + (stream ? ",\"stream\":true" : "")
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}'";
    }
}

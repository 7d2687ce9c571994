package dev.tierway.application.tools;

import dev.tierway.application.chat.ChatRequest;

/**
 * Every step of every conversation with tools passes here: before its call, and after its answer. For limits, loops and control.
 * May wait; runs on the conversation's thread.
 */
public interface StepWatch {
    /** Lets everything pass. */
    StepWatch NONE = new StepWatch() {
        @Override
        public ChatRequest before(StepFacts step, ChatRequest request) {
            return request;
        }

        @Override
        public Verdict after(StepFacts step, ToolStep answered) {
            return new Verdict.GoOn();
        }
    };

    /**
     * The step's call is about to be made.
     *
     * @return the request to make, changed or not
     * @throws dev.tierway.application.error.TierwayException to refuse it: nothing has been paid for it
     */
    ChatRequest before(StepFacts step, ChatRequest request);

    /**
     * The answer is there and paid for, so it is never lost; its tools haven't run.
     *
     * @param answered with the model's tool calls, without uses
     */
    Verdict after(StepFacts step, ToolStep answered);

    /** What becomes of the conversation. */
    sealed interface Verdict {
        record GoOn() implements Verdict {}

        /** It goes on, and the model reads this after the tools' results. */
        record Hint(String message) implements Verdict {}

        /** It ends with this answer. */
        record Stop(String reason) implements Verdict {}
    }
}

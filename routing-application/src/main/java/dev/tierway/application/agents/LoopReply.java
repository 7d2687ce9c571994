package dev.tierway.application.agents;

import dev.tierway.application.chat.JsonText;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.agent.AgentStep;
import dev.tierway.domain.agent.Fingerprint;
import dev.tierway.domain.agent.Loop;
import dev.tierway.domain.agent.LoopAction;
import dev.tierway.domain.agent.ToolUse;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listens to an answer as it goes by, and says in the decision what loops it closes. The answer itself stays as it is. */
final class LoopReply implements ReplySink {
    /** Hears of every loop. */
    interface Finder {
        void found(String callId, Loop loop, LoopAction action);
    }

    private final ReplySink caller;
    private final CallCommand command;
    private final LoopWatch.Track track;
    private final LoopSettings settings;
    private final LoopWatch watch;
    private final Finder finder;
    private final HeardReply heard = new HeardReply();
    private @Nullable String hint;

    LoopReply(
            ReplySink caller,
            CallCommand command,
            LoopWatch.Track track,
            LoopSettings settings,
            LoopWatch watch,
            Finder finder) {
        this.caller = caller;
        this.command = command;
        this.track = track;
        this.settings = settings;
        this.watch = watch;
        this.finder = finder;
    }

    /** The request was given that message. */
    void hinted(String words) {
        hint = words;
    }

    @Override
    public void begin(Begun begun) {
        caller.begin(begun);
    }

    @Override
    public void event(ReplyEvent event) {
        heard.hear(event);
        caller.event(event);
    }

    @Override
    public void refused(TierwayException why) {
        caller.refused(why);
    }

    @Override
    public Selection judged(Selection selection) {
        Selection told = caller.judged(selection);
        String given = hint;
        if (given != null) {
            told = told.warned("a message was added to the request: " + given);
        }
        if (!(selection.result() instanceof CallResult.Answer)) {
            return told;
        }
        LoopAction action = settings.rules().action();
        for (Loop loop : watch.after(track, step(), settings.rules())) {
            told = told.warned("loop (" + loop.kind().id() + "): " + loop.message() + consequence(action));
            finder.found(selection.identity().callId(), loop, action);
        }
        return told;
    }

    private String consequence(LoopAction action) {
        return switch (action) {
            case WARN -> "";
            case HINT -> "; the next request is told so";
            case STOP -> "; the next call is refused, until " + AgentCalls.reset(track);
        };
    }

    private AgentStep step() {
        CallOptions options = command.options();
        String agent = options.agent();
        JsonText state = options.state();
        Fingerprint told = state == null ? null : Fingerprint.of(Canonical.of(state.json()));
        List<ToolUse> answered = AnsweredTools.of(command);
        return new AgentStep(
                agent == null ? "" : agent, heard.output(settings.nearDuplicates()), told, answered, heard.made());
    }

    @Override
    public void end(Selection selection) {
        caller.end(selection);
    }
}

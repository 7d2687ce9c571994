package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.fixture.RecordingSink;
import dev.tierway.application.fixture.TestApplication;
import dev.tierway.application.limits.LimitRule;
import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.limits.Subject;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.RequestFacts;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.routing.TokenEstimate;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How large requests are taken to be once vendors have counted some. */
class LearnedInputTest {
    private static final ModelId DENSE = new ModelId("dense");
    private static final ModelId PLAIN = new ModelId("plain");

    private final TestApplication app = TestApplication.with(Fleet.of("a/dense", "b/plain"));

    private TokenEstimate estimated(String address, long textBytes, long mediaTokens) {
        RecordingSink sink = new RecordingSink();
        app.start(command(address, textBytes, mediaTokens), sink);
        answers(TokenUsage.estimated(1, 1));
        return sink.selection().features().tokens();
    }

    private CallCommand command(String address, long textBytes, long mediaTokens) {
        CallCommand plain = app.command(address, false);
        RequestFacts facts = plain.facts();
        return new CallCommand(
                plain.target(),
                plain.payload(),
                new RequestFacts(
                        false,
                        textBytes,
                        mediaTokens,
                        facts.maxOutput(),
                        facts.choices(),
                        facts.needs(),
                        facts.signatureDomain(),
                        facts.prefixes()),
                plain.options(),
                plain.requestId(),
                plain.caller());
    }

    private void counted(String model, long textBytes, long mediaTokens, TokenUsage usage) {
        app.start(command(model, textBytes, mediaTokens), new RecordingSink());
        answers(usage);
    }

    private void answers(TokenUsage usage) {
        var choice = new ChatResponse.Choice(ChatMessage.assistant("ok"), FinishReason.STOP);
        app.transport
                .last()
                .sent()
                .head()
                .event(new ReplyEvent.Whole(new ChatResponse("id", "upstream", 0, List.of(choice), usage)))
                .endsWith(usage);
    }

    @Test
    void before_anything_was_counted_four_bytes_are_a_token_everywhere() {
        TokenEstimate tokens = estimated("tier:mid", 40_000, 10);
        assertThat(tokens.input()).isEqualTo(10_010);
        assertThat(tokens.learned()).isEmpty();
    }

    @Test
    void a_model_whose_text_is_denser_expects_more_tokens_and_others_don_t() {
        counted("dense", 40_000, 0, TokenUsage.reported(20_000, 5));

        TokenEstimate tokens = estimated("tier:mid", 40_000, 0);
        assertThat((double) tokens.input(DENSE)).isCloseTo(20_000, within(600.0));
        assertThat(tokens.input(PLAIN)).isEqualTo(10_000);
        assertThat(tokens.inputHigh(DENSE)).isGreaterThan(23_000);
        assertThat(app.fleet().fleet().replicas().getFirst().bytesPerToken()).isCloseTo(2, within(0.1));
        assertThat(app.fleet().fleet().replicas().getLast().bytesPerToken()).isEqualTo(4);
    }

    @Test
    void media_comes_on_top_and_teaches_nothing() {
        counted("dense", 40_000, 0, TokenUsage.reported(20_000, 5));
        long learned = estimated("dense", 40_000, 0).input(DENSE);
        counted("dense", 40_000, 1000, TokenUsage.reported(1, 5));

        assertThat(estimated("dense", 40_000, 500).input(DENSE)).isEqualTo(learned + 500);
    }

    @Test
    void only_what_a_vendor_counted_teaches() {
        counted("dense", 40_000, 0, TokenUsage.estimated(20_000, 5));
        assertThat(estimated("dense", 40_000, 0).learned()).isEmpty();
    }

    @Test
    void reservations_take_what_was_learned() {
        Limit tokens = Limit.per(Dimension.TOKENS, 1_000_000, Duration.ofMinutes(1));
        app.limits.swap(new LimitRules(
                List.of(new LimitRule(
                        "house", new Subject.Everyone(), List.of(tokens), true, Descriptor.Reserves.WORST_CASE, false)),
                ZoneOffset.UTC,
                0.8));
        counted("dense", 40_000, 0, TokenUsage.reported(20_000, 5));
        app.start(command("dense", 40_000, 0), new RecordingSink());

        assertThat((double) app.quota.reserved().getLast().estimate().inputTokens())
                .isCloseTo(20_000, within(600.0));
        assertThat((double) app.transport.last().request().inputEstimate()).isCloseTo(20_000, within(600.0));
    }
}

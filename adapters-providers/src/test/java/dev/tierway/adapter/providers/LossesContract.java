package dev.tierway.adapter.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dialect lacks exactly what its encoder leaves out or refuses. */
public abstract class LossesContract {
    protected abstract Dialect dialect();

    protected abstract byte[] encode(ChatRequest request);

    @ParameterizedTest
    @EnumSource(Construct.class)
    void the_table_is_what_the_encoder_does(Construct construct) {
        if (!ConstructSamples.canBeSaid(construct)) {
            assertThat(construct.untranslatable() && dialect().lacks().contains(construct))
                    .isFalse();
            return;
        }
        ConstructSamples samples = ConstructSamples.of(construct);
        boolean lacks = dialect().lacks().contains(construct);
        if (lacks && construct.loss() == Construct.Loss.FAILS) {
            assertThatIllegalArgumentException().isThrownBy(() -> encode(samples.said()));
            return;
        }
        String said = new String(encode(samples.said()), StandardCharsets.UTF_8);
        String unsaid = new String(encode(samples.unsaid()), StandardCharsets.UTF_8);
        assertThat(said.equals(unsaid))
                .as("%s: %s instead of %s", construct, said, unsaid)
                .isEqualTo(lacks);
    }
}

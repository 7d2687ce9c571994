package dev.tierway.application.toolaccess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.toolaccess.ToolRules.WhenCalled;
import dev.tierway.application.toolaccess.ToolRules.WhenOffered;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolRulesTest {
    @ParameterizedTest
    @CsvSource({
        "shell.*, shell.run, true",
        "shell.*, shell__run, true",
        "shell.*, shellfish, false",
        "*, anything, true",
        "*delete*, files__delete_all, true",
        "a*b*c, aXbYbZc, true",
        "a*b*c, aXbYbZ, false",
        "read, read, true",
        "read, reader, false",
    })
    void a_pattern_matches_whole_names_and_a_star_any_characters(String pattern, String tool, boolean matches) {
        assertThat(new ToolPattern(pattern).matches(tool)).isEqualTo(matches);
    }

    private static ToolPolicy policy(@Nullable Boolean standing, List<String> allow, List<String> deny) {
        return new ToolPolicy(
                standing,
                allow.stream().map(ToolPattern::new).toList(),
                deny.stream().map(ToolPattern::new).toList());
    }

    private static ToolRules rules(ToolPolicy general, ToolPolicy ofAgent) {
        return new ToolRules(general, Map.of("ann", ofAgent), WhenOffered.REMOVE, WhenCalled.TELL, List.of());
    }

    @Test
    void a_denial_anywhere_goes_before_every_permission() {
        ToolRules rules = rules(policy(null, List.of(), List.of("shell.*")), policy(null, List.of("*"), List.of("x")));

        assertThat(rules.denial("shell.run", "ann")).contains("general deny list");
        assertThat(rules.denial("x", "ann")).contains("deny list of agent ann");
        assertThat(rules.denial("x", "bob")).isNull();
    }

    @Test
    void an_empty_allow_list_allows_all_and_another_only_its_own() {
        assertThat(rules(ToolPolicy.NONE, ToolPolicy.NONE).denial("any", "ann")).isNull();
        ToolRules rules = rules(policy(null, List.of("read"), List.of()), policy(null, List.of("write"), List.of()));

        assertThat(rules.denial("read", null)).isNull();
        assertThat(rules.denial("write", null)).contains("general allow list");
        assertThat(rules.denial("write", "ann"))
                .as("the agent's own list goes first")
                .isNull();
        assertThat(rules.denial("read", "ann")).contains("allow list of agent ann");
    }

    @Test
    void what_goes_for_unnamed_tools_the_agent_says_first() {
        ToolRules rules = rules(policy(false, List.of(), List.of()), policy(true, List.of(), List.of()));

        assertThat(rules.denial("any", "bob")).contains("no list names");
        assertThat(rules.denial("any", "ann")).isNull();
        assertThat(rules.allowAll()).isFalse();
        assertThat(ToolRules.NONE.allowAll()).isTrue();
    }
}

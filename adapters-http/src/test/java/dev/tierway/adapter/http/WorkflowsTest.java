package dev.tierway.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkflowsTest {
    @Test
    void a_workflow_is_shown_with_its_steps_and_its_state_but_not_its_replies() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            String body = gateway.get("/v1/workflows/report/42").body();

            assertThat(TestGateway.json(body)).isEqualTo(TestGateway.json("""
                {"workflow":"report/42","last_step":"plan",
                 "completed":[{"step":"plan","agent":"ann","call":"dec_1","replica":"a/m","failed_replicas":["b/m"],
                   "tokens":{"input":10,"output":20},"cost_usd":"0.005","state_version":3,"at":"1970-01-01T00:00:01Z"}],
                 "state":{"version":3,"value":{"n":1},"agent":null,"at":"1970-01-01T00:00:02Z"}}
                """));
            assertThat(body).doesNotContain("the reply");
        }
    }

    @Test
    void where_nothing_is_kept_the_answer_says_so() {
        try (TestGateway gateway = new TestGateway()) {
            assertThat(gateway.get("/v1/workflows/off").statusCode()).isEqualTo(400);
            assertThat(gateway.get("/v1/workflows/off").body()).contains("checkpoints are off");
        }
    }
}

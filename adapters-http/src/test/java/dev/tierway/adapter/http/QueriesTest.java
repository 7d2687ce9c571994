package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.BODY;
import static dev.tierway.adapter.http.TestGateway.header;
import static dev.tierway.adapter.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.port.in.Status;
import dev.tierway.application.port.in.StoreStatus;
import dev.tierway.application.port.out.DecisionLog;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Everything the API port answers beside calls. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueriesTest {
    private static final long NOW = 1_700_000_000_000L;

    private final TestGateway gateway = new TestGateway();

    @AfterAll
    void close() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.calls.reset();
        gateway.decisions.clear();
    }

    @Test
    void models_and_routes_are_listed_in_openais_shape() {
        JsonNode list = json(gateway.get("/v1/models").body());
        assertThat(list.get("object").asText()).isEqualTo("list");
        assertThat(list.get("data")).hasSize(2);
        JsonNode model = list.at("/data/0");
        assertThat(model.get("id").asText()).isEqualTo("gpt-x");
        assertThat(model.get("object").asText()).isEqualTo("model");
        assertThat(model.get("created").isIntegralNumber()).isTrue();
        assertThat(model.at("/tierway/tier").asText()).isEqualTo("mid");
        assertThat(model.at("/tierway/context_window").asInt()).isEqualTo(100_000);
        assertThat(list.at("/data/1/id").asText()).isEqualTo("team/fast");
        assertThat(list.at("/data/1/tierway/targets/0").asText()).isEqualTo("tier:mid/code");
    }

    @Test
    void one_model_is_found_by_its_id_by_a_replica_and_by_a_route() {
        assertThat(json(gateway.get("/v1/models/gpt-x").body()).get("id").asText())
                .isEqualTo("gpt-x");
        JsonNode replica = json(gateway.get("/v1/models/west/gpt-x").body());
        assertThat(replica.get("id").asText()).isEqualTo("west/gpt-x");
        assertThat(replica.at("/tierway/model").asText()).isEqualTo("gpt-x");
        assertThat(json(gateway.get("/v1/models/west%2Fgpt-x").body()).get("id").asText())
                .isEqualTo("west/gpt-x");
        assertThat(json(gateway.get("/v1/models/team/fast").body())
                        .at("/tierway/kind")
                        .asText())
                .isEqualTo("route");
    }

    @Test
    void an_unknown_model_is_404_with_a_suggestion() {
        HttpResponse<String> response = gateway.get("/v1/models/gpt-y");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response.body()).at("/error/message").asText()).contains("Did you mean 'gpt-x'?");
    }

    @Test
    void a_head_request_gets_the_headers_alone() {
        HttpRequest.Builder head =
                HttpRequest.newBuilder(gateway.uri("/v1/models")).method("HEAD", HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> response = gateway.send(head);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(Integer.parseInt(header(response, "content-length"))).isPositive();
    }

    private JsonNode explain(String query) {
        return json(
                gateway.send(gateway.post("/v1/route/explain" + query, BODY)).body());
    }

    @Test
    void explain_shows_the_decision_and_calls_nobody() {
        JsonNode decision = explain("");
        assertThat(decision.get("dry_run").asBoolean()).isTrue();
        assertThat(decision.at("/rounds/0/candidates")).hasSize(2);
        assertThat(decision.get("why_not").isNull()).isTrue();
        assertThat(gateway.calls.explained().target().address()).isEqualTo("tier:mid/chat");
        assertThat(gateway.calls.noneArrived()).isTrue();
    }

    @Test
    void explain_says_why_not_another_replica() {
        String chosen = explain("").at("/rounds/0/chose").asText();
        assertThat(explain("?why_not=" + chosen).at("/why_not/verdict").asText())
                .isEqualTo("chosen");
        String other = chosen.startsWith("west") ? "east/gpt-x" : "west/gpt-x";
        JsonNode answer = explain("?why_not=" + other).path("why_not");
        assertThat(answer.path("verdict").asText()).isEqualTo("eligible");
        assertThat(answer.path("first").asBoolean() || !answer.path("changes").isEmpty())
                .as("first by chance, or what it takes is said: %s", answer)
                .isTrue();
        assertThat(answer.path("summary").asText()).startsWith(other);
        assertThat(explain("?why_not=north/gpt-x").at("/why_not/verdict").asText())
                .isEqualTo("no_candidate");
    }

    @Test
    void a_decision_comes_with_its_record_where_that_is_asked_for() {
        gateway.decisions.add(TestGateway.document("dec_7"));

        assertThat(json(gateway.get("/v1/route/decisions/dec_7").body()).has("replay"))
                .isFalse();
        assertThat(json(gateway.get("/v1/route/decisions/dec_7?replay=true").body())
                        .at("/replay/asked")
                        .asBoolean())
                .isTrue();
        assertThat(gateway.get("/v1/route/decisions/dec_7?replay=perhaps").statusCode())
                .isEqualTo(400);
        assertThat(gateway.get("/v1/route/decisions/dec_7?again=true").statusCode())
                .isEqualTo(400);
    }

    @Test
    void explain_refuses_what_a_call_would_refuse() {
        gateway.calls.refuse(new UnknownModelException("nothing is called that"));
        assertThat(gateway.send(gateway.post("/v1/route/explain", BODY)).statusCode())
                .isEqualTo(404);
        assertThat(gateway.send(gateway.post("/v1/route/explain", "{}")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void one_decision_is_found_by_its_id() {
        gateway.decisions.add(TestGateway.document("dec_1"));
        assertThat(gateway.get("/v1/route/decisions/dec_1").body()).isEqualTo("{\"id\":\"dec_1\"}");
        HttpResponse<String> unknown = gateway.get("/v1/route/decisions/dec_2");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown.body()).at("/error/code").asText()).isEqualTo("not_found");
    }

    @Test
    void decisions_are_searched_by_everything_the_query_says() {
        gateway.decisions.add(TestGateway.document("dec_1"));
        JsonNode page = json(gateway.get("/v1/route/decisions?since=15m&until=2023-11-14T22:13:20Z&status=delivered"
                        + "&code=x&model=m&replica=w%2Fm&agent=a&spilled=true&limit=7&cursor=c")
                .body());
        assertThat(page.at("/data/0/id").asText()).isEqualTo("dec_1");
        assertThat(page.get("next_cursor").asText()).isEqualTo("next");
        assertThat(gateway.asked)
                .isEqualTo(new DecisionLog.Query(NOW - 900_000, NOW, "delivered", "x", "m", "w/m", "a", true, 7, "c"));
    }

    @Test
    void without_a_query_the_newest_hundred_decisions_come() {
        gateway.get("/v1/route/decisions");
        assertThat(gateway.asked)
                .isEqualTo(new DecisionLog.Query(null, null, null, null, null, null, null, null, 100, null));
    }

    @Test
    void readiness_waits_for_a_catalogue_and_tells_of_dead_replicas() {
        assertThat(json(gateway.get("/readyz").body()).get("degraded")).isEmpty();
        gateway.replicas = List.of(
                TestGateway.replicaStatus("west/gpt-x", Status.UNHEALTHY, "open"),
                TestGateway.replicaStatus("east/gpt-x", Status.UNKNOWN, "closed"));
        HttpResponse<String> degraded = gateway.get("/readyz");
        assertThat(degraded.statusCode()).isEqualTo(200);
        assertThat(json(degraded.body()).at("/degraded")).hasSize(1);
        assertThat(json(degraded.body()).at("/degraded/0/replica").asText()).isEqualTo("west/gpt-x");
        gateway.replicas = List.of();
        assertThat(gateway.get("/readyz").statusCode()).isEqualTo(503);
        assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
        gateway.replicas = List.of(TestGateway.replicaStatus("west/gpt-x", Status.HEALTHY, "closed"));
    }

    @Test
    void readiness_tells_of_a_ledger_in_trouble_and_stays_ready() {
        StoreStatus fine = new StoreStatus("ledger", true, null, 3, 100, 0, 0, false);
        gateway.stores = List.of(fine);
        assertThat(json(gateway.get("/readyz").body()).get("stores")).isEmpty();

        gateway.stores = List.of(new StoreStatus("ledger", false, "the disk is full", 12, 100, 4, 2, false));
        HttpResponse<String> troubled = gateway.get("/readyz");
        gateway.stores = List.of();

        assertThat(troubled.statusCode()).isEqualTo(200);
        assertThat(json(troubled.body()).at("/stores/0").toString())
                .isEqualTo("{\"store\":\"ledger\",\"up\":false,\"problem\":\"the disk is"
                        + " full\",\"waiting\":12,\"lost\":2}");
    }

    @Test
    void nobody_is_sent_to_a_gateway_whose_store_is_gone_that_no_call_can_do_without() {
        gateway.stores = List.of(new StoreStatus("quota", true, null, 0, 100, 0, 0, true));
        assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);

        gateway.stores = List.of(new StoreStatus("quota", false, "no answer", 0, 100, 0, 0, true));
        HttpResponse<String> closed = gateway.get("/readyz");
        gateway.stores = List.of();

        assertThat(closed.statusCode()).isEqualTo(503);
        assertThat(json(closed.body()).get("status").asText()).isEqualTo("store gone");
    }

    @Test
    void what_a_client_or_a_gateway_before_says_of_itself_changes_nothing() {
        HttpRequest.Builder forged = HttpRequest.newBuilder(gateway.uri("/livez"))
                .headers("x-forwarded-for", "1.2.3.4", "forwarded", "for=5.6.7.8", "x-real-ip", "9.9.9.9");
        assertThat(gateway.send(forged).statusCode()).isEqualTo(200);
    }
}

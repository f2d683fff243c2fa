package millrace.devkit.upstreams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import millrace.devkit.http.Request;
import millrace.devkit.http.Response;

/**
 * The upstreams' knobs over HTTP, for other processes: {@code GET /control} shows all, {@code GET /control/NAME} one,
 * {@code POST /control/NAME?knob=value} turns, {@code PUT} defines anew.
 */
final class ControlDesk {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/json";

    private final SimulatedUpstreams upstreams;

    ControlDesk(SimulatedUpstreams upstreams) {
        this.upstreams = upstreams;
    }

    /** @param name empty for all */
    Response answer(Request request, String name) {
        try {
            return switch (request.method()) {
                case "GET" -> name.isEmpty() ? all() : one(name);
                case "POST" -> {
                    upstreams.change(name, before -> Knobs.turned(before, request.query(), name));
                    yield one(name);
                }
                case "PUT" -> {
                    upstreams.define(name, Knobs.turned(Behaviour.ofTenAds(name), request.query(), name));
                    yield one(name);
                }
                default -> error(405, "method is " + request.method() + "; allowed are GET, POST and PUT");
            };
        } catch (UnknownUpstreamException e) {
            return error(404, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private Response all() {
        ObjectNode status = JSON.createObjectNode();
        ObjectNode byName = status.putObject("upstreams");
        upstreams.behaviours().forEach((name, behaviour) -> byName.set(name, described(behaviour)));
        ObjectNode received = status.putObject("received");
        upstreams.received().counts().forEach(received::put);
        return Response.of(200, CONTENT_TYPE, status.toString());
    }

    private Response one(String name) {
        return Response.of(
                200, CONTENT_TYPE, described(upstreams.behaviour(name)).toString());
    }

    private static ObjectNode described(Behaviour behaviour) {
        ObjectNode described = JSON.createObjectNode()
                .put("mode", behaviour.mode().name().toLowerCase(Locale.ROOT))
                .put("latency", behaviour.latency().toString())
                .put("errorRate", behaviour.errorRate())
                .put("fillRate", behaviour.fillRate());
        switch (behaviour.content()) {
            case Content.Inventory inventory ->
                described
                        .put("ads", inventory.ads().size())
                        .put("pod", inventory.pod())
                        .put("wrappers", inventory.wrappers());
            case Content.Elsewhere elsewhere -> described.put("tagUri", elsewhere.tagUri());
        }
        return described;
    }

    private static Response error(int status, String message) {
        return Response.of(
                status, CONTENT_TYPE, JSON.valueToTree(Map.of("error", message)).toString());
    }
}

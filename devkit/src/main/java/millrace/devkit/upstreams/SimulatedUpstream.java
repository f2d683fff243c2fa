package millrace.devkit.upstreams;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import millrace.devkit.http.Header;
import millrace.devkit.http.Reaction;
import millrace.devkit.http.Reply;
import millrace.devkit.http.Request;
import millrace.devkit.http.Response;

/**
 * One upstream: turns its behaviour into reactions. Its chances come from its own generator, so that the n-th response of a seed is
 * always the same, whatever other upstreams are asked. Requests come on the server's thread; knobs are turned on any.
 */
final class SimulatedUpstream {

    private static final String HOP = "hop/";
    private static final String REDIRECTED = "redirected";
    private static final Response SERVER_ERROR = Response.of(500);
    private static final Response NOT_FOUND = Response.of(404);
    private static final Duration DRIP_INTERVAL = Duration.ofMillis(100);
    private static final int DRIP_BYTES = 64;

    /** A behaviour with its documents, which outlive a change of any other knob. */
    private record Served(Behaviour behaviour, VastTag tag, Bidder bidder) {}

    private final String name;
    private final String origin;
    private final RandomGenerator random;
    private volatile Served served;

    SimulatedUpstream(String name, Behaviour behaviour, String origin, RandomGenerator random) {
        this.name = name;
        this.origin = origin;
        this.random = random;
        this.served = served(behaviour);
    }

    Behaviour behaviour() {
        return served.behaviour();
    }

    synchronized void change(UnaryOperator<Behaviour> knobs) {
        Served before = served;
        Behaviour behaviour = knobs.apply(before.behaviour());
        served = behaviour.content().equals(before.behaviour().content())
                ? new Served(behaviour, before.tag(), before.bidder())
                : served(behaviour);
    }

    private Served served(Behaviour behaviour) {
        String trackers = origin + "/track/" + name;
        var markup = new VastMarkup(name, trackers);
        return new Served(
                behaviour,
                new VastTag(behaviour.content(), markup, origin + "/vast/" + name),
                new Bidder(name, behaviour.content(), markup, trackers));
    }

    /** @param step what follows the name in the path; empty at the entrance */
    Reaction tag(Request request, String step) {
        Served now = served;
        if (step.isEmpty()) {
            return entrance(request, now.behaviour(), now.tag());
        }
        return inside(request, now.behaviour(), hop(now.tag(), step));
    }

    private static Response hop(VastTag tag, String step) {
        if (step.equals(REDIRECTED)) {
            return tag.hop(0);
        }
        // Twenty wrappers at most: two digits.
        return step.matches(HOP + "[0-9]{1,2}") ? tag.hop(Integer.parseInt(step.substring(HOP.length()))) : NOT_FOUND;
    }

    Reaction bid(Request request, String step) {
        Served now = served;
        if (!request.method().equals("POST")) {
            return Reaction.now(Response.of(405));
        }
        return step.isEmpty()
                ? entrance(request, now.behaviour(), now.bidder())
                : inside(
                        request,
                        now.behaviour(),
                        step.equals(REDIRECTED) ? now.bidder().content(request) : NOT_FOUND);
    }

    private Reaction entrance(Request request, Behaviour behaviour, Protocol protocol) {
        // Always drawn, in one order: turning one knob leaves the chances of the others.
        Duration delay = behaviour.latency().sample(random);
        boolean breaks = random.nextDouble() < behaviour.errorRate();
        boolean fills = random.nextDouble() < behaviour.fillRate();
        if (breaks) {
            return new Reaction(delay, new Reply.Send(SERVER_ERROR));
        }
        Reply reply = switch (behaviour.mode()) {
            case NORMAL -> send(fills ? protocol.content(request) : protocol.unfilled(request));
            case EMPTY -> send(protocol.empty(request));
            case NO_CONTENT -> send(Response.of(204));
            case MALFORMED -> send(protocol.malformed(request));
            case OVERSIZED -> send(protocol.oversized(request));
            case WRONG_TYPE -> send(protocol.content(request).typed("text/html"));
            case WRONG_ID -> send(protocol.mistaken(request));
            case ERROR -> send(SERVER_ERROR);
            case HANG -> new Reply.Silence();
            case DRIP -> new Reply.Drip(protocol.content(request), DRIP_BYTES, DRIP_INTERVAL);
            case RESET -> new Reply.Reset();
            case REDIRECT -> send(redirect(request.path() + "/" + REDIRECTED));
            case REDIRECT_LOOP -> send(redirect(request.path()));
        };
        return new Reaction(delay, withCookies(reply, request, behaviour.cookies()));
    }

    private Reaction inside(Request request, Behaviour behaviour, Response response) {
        Duration delay = behaviour.latency().sample(random);
        boolean breaks = random.nextDouble() < behaviour.errorRate();
        return new Reaction(delay, withCookies(send(breaks ? SERVER_ERROR : response), request, behaviour.cookies()));
    }

    private static Reply send(Response response) {
        return new Reply.Send(response);
    }

    private Response redirect(String path) {
        return Response.of(302).with(new Header("Location", origin + path));
    }

    private static Reply withCookies(Reply reply, Request request, Map<String, String> cookies) {
        if (cookies.isEmpty() || !(reply instanceof Reply.Send send)) {
            return reply;
        }
        Response response = send.response();
        Map<String, String> returned = request.cookies();
        for (Map.Entry<String, String> cookie : cookies.entrySet()) {
            if (!cookie.getValue().equals(returned.get(cookie.getKey()))) {
                response =
                        response.with(new Header("Set-Cookie", cookie.getKey() + "=" + cookie.getValue() + "; Path=/"));
            }
        }
        return send(response);
    }
}

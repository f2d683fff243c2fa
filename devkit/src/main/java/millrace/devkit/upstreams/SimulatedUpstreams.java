package millrace.devkit.upstreams;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import millrace.devkit.http.LoopbackServer;
import millrace.devkit.http.Reaction;
import millrace.devkit.http.Request;
import millrace.devkit.http.Response;

/**
 * Many ad servers behind one port of loopback. Each name is both a VAST tag ({@code /vast/NAME}) and an OpenRTB bidder
 * ({@code POST /openrtb/NAME}) with one {@link Behaviour}; trackers ({@code /track/NAME/EVENT}) answer 204; {@code /control} steers
 * from other processes. Remembers what it was asked.
 *
 * <p>One thread serves all; safe to define and change from any thread.
 */
public final class SimulatedUpstreams implements AutoCloseable {

    private static final Reaction NOT_FOUND = Reaction.now(Response.of(404));
    private static final Reaction TRACKED = Reaction.now(Response.of(204));

    private final Map<String, SimulatedUpstream> byName = new ConcurrentHashMap<>();
    private final ReceivedRequests received = new ReceivedRequests();
    private final ControlDesk control = new ControlDesk(this);
    private final long seed;
    private final LoopbackServer server;

    private SimulatedUpstreams(int port, long seed) {
        this.seed = seed;
        this.server = LoopbackServer.start(port, this::react);
    }

    /**
     * @param port 0 for any that is free
     * @param seed of latencies, errors and no-fills
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static SimulatedUpstreams start(int port, long seed) {
        return new SimulatedUpstreams(port, seed);
    }

    public int port() {
        return server.port();
    }

    /** Defines an upstream, or another in its place. */
    public void define(String name, Behaviour behaviour) {
        Names.require("upstream", name);
        var random = new SplittableRandom(seed ^ name.hashCode());
        byName.put(name, new SimulatedUpstream(name, behaviour, origin(), random));
    }

    /** @throws UnknownUpstreamException if nobody has that name */
    public void change(String name, UnaryOperator<Behaviour> knobs) {
        named(name).change(knobs);
    }

    /** @throws UnknownUpstreamException if nobody has that name */
    public Behaviour behaviour(String name) {
        return named(name).behaviour();
    }

    public Map<String, Behaviour> behaviours() {
        Map<String, Behaviour> behaviours = new TreeMap<>();
        byName.forEach((name, upstream) -> behaviours.put(name, upstream.behaviour()));
        return behaviours;
    }

    public ReceivedRequests received() {
        return received;
    }

    /** URL of the VAST tag of that name. */
    public String tag(String name) {
        return origin() + "/vast/" + name;
    }

    /** URL of the bidder of that name. */
    public String bidder(String name) {
        return origin() + "/openrtb/" + name;
    }

    private String origin() {
        return "http://127.0.0.1:" + port();
    }

    private Reaction react(Request request) {
        UpstreamPath path = UpstreamPath.of(request.path());
        if (path.room().equals("control")) {
            return Reaction.now(control.answer(request, path.name()));
        }
        received.add(request);
        SimulatedUpstream upstream = byName.get(path.name());
        if (upstream == null) {
            return NOT_FOUND;
        }
        return switch (path.room()) {
            case "vast" -> upstream.tag(request, path.step());
            case "openrtb" -> upstream.bid(request, path.step());
            case "track" -> TRACKED;
            default -> NOT_FOUND;
        };
    }

    private SimulatedUpstream named(String name) {
        SimulatedUpstream upstream = byName.get(name);
        if (upstream == null) {
            throw new UnknownUpstreamException(name, behaviours().keySet());
        }
        return upstream;
    }

    @Override
    public void close() {
        server.close();
    }
}

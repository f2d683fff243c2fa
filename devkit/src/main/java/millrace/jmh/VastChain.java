package millrace.jmh;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import millrace.catalog.UpstreamConfig;
import millrace.devkit.http.LoopbackServer;
import millrace.devkit.http.Reaction;
import millrace.devkit.http.Request;
import millrace.devkit.http.Response;
import millrace.schemas.AdRequest;
import millrace.schemas.AnswerMarkup;
import millrace.schemas.Slot;
import millrace.session.SessionContext;
import millrace.upstream.Fanout;
import millrace.upstream.Resolution;
import millrace.upstream.UpstreamCall;
import millrace.upstream.UpstreamSettings;
import millrace.upstream.Upstreams;
import millrace.upstream.http.HttpSettings;
import millrace.upstream.vast.VastAnswers;
import millrace.upstream.vast.VastLimits;
import millrace.wire.RecordClasses;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A chain of three wrappers and an inline ad over loopback, with real connections, from the call to the merged ad. What counts
 * is the processor time of all of the process's threads but the tag server's, printed after each iteration.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 8, time = 3)
@Measurement(iterations = 5, time = 3)
public class VastChain {
    private static final String SERVER_THREAD = "loopback-server";

    static {
        RecordClasses.trust(AdRequest.class);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Fields alone, or a merged document too. */
    @Param({"NONE", "VAST"})
    public AnswerMarkup markup = AnswerMarkup.NONE;

    private final LoopbackServer server = LoopbackServer.start(0, this::answer);
    private final Upstreams upstreams = Upstreams.start(
            new UpstreamSettings(
                    HttpSettings.defaults().allowing(List.of("127.0.0.1")),
                    VastLimits.defaults(),
                    VastAnswers.defaults(),
                    "Millrace/bench"),
            InstantSource.system());

    @TearDown
    public void close() {
        upstreams.close();
        server.close();
    }

    @Benchmark
    public Resolution threeWrappers(Processor processor) {
        Resolution resolution = upstreams.resolve(call()).toCompletableFuture().join();
        if (!(resolution instanceof Resolution.Filled)) {
            throw new IllegalStateException("not filled: " + resolution);
        }
        processor.resolutions++;
        return resolution;
    }

    /** Processor time for one resolution, without the server's; printed after each iteration. */
    @State(Scope.Thread)
    public static class Processor {
        private long begun;
        private long resolutions;

        @Setup(Level.Iteration)
        public void begin() {
            resolutions = 0;
            begun = ownNanos();
        }

        @TearDown(Level.Iteration)
        public void tell() {
            long micros = resolutions == 0 ? 0 : (ownNanos() - begun) / resolutions / 1000;
            System.out.print("[own processor time: " + micros + " us a resolution] ");
        }

        /** Of the whole process, so that threads which end count too, less the server's thread. */
        private static long ownNanos() {
            var threads = ManagementFactory.getThreadMXBean();
            var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long servers = 0;
            for (long id : threads.getAllThreadIds()) {
                var info = threads.getThreadInfo(id);
                if (info != null && info.getThreadName().equals(SERVER_THREAD)) {
                    servers += threads.getThreadCpuTime(id);
                }
            }
            return system.getProcessCpuTime() - servers;
        }
    }

    private Reaction answer(Request request) {
        String path = request.path();
        String next = "http://127.0.0.1:" + server.port();
        return Reaction.now(Response.of(
                200,
                "application/xml",
                switch (path) {
                    case "/1" -> wrapper(1, next + "/2");
                    case "/2" -> wrapper(2, next + "/3");
                    case "/3" -> wrapper(3, next + "/ad");
                    default -> inline();
                }));
    }

    private static String wrapper(int number, String next) {
        String base = "https://w" + number + ".example/";
        return "<VAST version=\"4.2\"><Ad id=\"w" + number + "\"><Wrapper><AdSystem>w</AdSystem><Error><![CDATA["
                + base + "error?c=[ERRORCODE]]]></Error><Impression><![CDATA[" + base
                + "imp?cb=[CACHEBUSTING]]]></Impression><Creatives><Creative><Linear><TrackingEvents>"
                + events(base) + "</TrackingEvents><VideoClicks><ClickTracking><![CDATA[" + base
                + "click]]></ClickTracking></VideoClicks></Linear></Creative></Creatives><VASTAdTagURI><![CDATA["
                + next + "]]></VASTAdTagURI></Wrapper></Ad></VAST>";
    }

    private static String inline() {
        String base = "https://ad.example/";
        return "<VAST version=\"4.2\"><Ad id=\"a\"><InLine><AdSystem>a</AdSystem><Error><![CDATA[" + base
                + "error?c=[ERRORCODE]]]></Error><Impression><![CDATA[" + base
                + "imp]]></Impression><AdServingId>s</AdServingId><AdTitle>t</AdTitle><Creatives><Creative id=\"c\">"
                + "<UniversalAdId idRegistry=\"ad-id.org\">X</UniversalAdId><Linear><Duration>00:00:15</Duration>"
                + "<TrackingEvents>" + events(base) + "</TrackingEvents><MediaFiles>"
                + "<MediaFile delivery=\"progressive\" type=\"video/mp4\" width=\"1280\" height=\"720\" bitrate=\"2000\">"
                + "<![CDATA[https://cdn.example/a.mp4]]></MediaFile></MediaFiles><VideoClicks><ClickThrough><![CDATA["
                + base + "land]]></ClickThrough></VideoClicks></Linear></Creative></Creatives></InLine></Ad></VAST>";
    }

    private static String events(String base) {
        StringBuilder events = new StringBuilder();
        for (String event : List.of("start", "firstQuartile", "midpoint", "thirdQuartile", "complete")) {
            events.append("<Tracking event=\"").append(event).append("\"><![CDATA[");
            events.append(base).append(event).append("?cb=[CACHEBUSTING]]]></Tracking>");
        }
        return events.toString();
    }

    private UpstreamCall call() {
        Slot slot = Slot.newBuilder().setId("s").build();
        AdRequest request = AdRequest.newBuilder()
                .setId("r")
                .setPlacement("p")
                .setMarkup(markup)
                .build();
        SessionContext context = new SessionContext(
                "r",
                "7d3f1c1e-0000-4000-8000-00000000c0de",
                "01234567",
                Instant.EPOCH,
                "u",
                "s",
                Optional.of("u"),
                Optional.empty(),
                Optional.of("198.51.100.7"),
                Optional.of("Player/1.0"),
                Optional.empty(),
                Map.of(),
                Map.of());
        UpstreamConfig tag = new UpstreamConfig(
                "tag",
                "http://127.0.0.1:" + server.port() + "/1",
                PATIENCE,
                1,
                Map.of(),
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
        return new UpstreamCall(tag, context, request, slot, PATIENCE, new Fanout(100));
    }
}

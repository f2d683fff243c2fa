package millrace.gateway;

import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import millrace.delivery.SigningKeys;
import millrace.delivery.TokenVerdict;
import millrace.delivery.Tokens;
import millrace.gateway.GatewayMeters.Beacon;
import millrace.gateway.ask.Records;
import millrace.gateway.http.Call;
import millrace.gateway.http.Handler;
import millrace.gateway.http.Page;
import millrace.schemas.AdEvent;
import millrace.schemas.AdEventKind;

/**
 * {@code GET|POST /e/TOKEN[/EVENT]}: something happened to a served ad; without an event, it was shown. Written to the partition that the token
 * names, and answered once Kafka has it: a GET with a picture of one pixel, a POST with nothing. Whether it counts is the pipeline's to say: one that
 * was seen before, or is late, is written all the same. Where this gateway has the keys, a forged one is not written, and answered as if it were.
 */
final class EventDoor implements Handler {
    static final String PREFIX = "/e/";
    private static final String IMPRESSION = "impression";
    /** What players tell, by VAST's names (3.14). */
    private static final List<String> OTHERS = List.of(
            "start",
            "firstQuartile",
            "midpoint",
            "thirdQuartile",
            "complete",
            "click",
            "error",
            "mute",
            "unmute",
            "pause",
            "resume",
            "rewind",
            "skip",
            "viewable",
            "notViewable",
            "viewUndetermined",
            "loaded",
            "closeLinear",
            "creativeView",
            "playerExpand",
            "playerCollapse",
            "acceptInvitation",
            "minimize",
            "close");

    private static final byte[] PIXEL =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    private static final int LONGEST = 2048;

    private final Records records;
    private final int partitions;
    private final Optional<SigningKeys> keys;
    private final InstantSource clock;
    private final GatewayMeters meters;
    /** MACs are for one thread. */
    private final ThreadLocal<Tokens> tokens;

    /**
     * @param partitions of the events' topic
     * @param keys of this deployment, where the gateway is told them
     */
    EventDoor(Records records, int partitions, Optional<SigningKeys> keys, InstantSource clock, GatewayMeters meters) {
        this.records = records;
        this.partitions = partitions;
        this.keys = keys;
        this.clock = clock;
        this.meters = meters;
        this.tokens = ThreadLocal.withInitial(() -> new Tokens(keys.orElseThrow()));
    }

    @Override
    public void handle(Call call, Consumer<Page> respond) {
        String[] parts = call.path().substring(PREFIX.length()).split("/", -1);
        String token = parts[0];
        String what = parts.length > 1 ? parts[1] : IMPRESSION;
        OptionalInt partition = Tokens.partitionOf(token);
        boolean known = what.equals(IMPRESSION) || OTHERS.contains(what);
        if (parts.length > 2 || !known || partition.isEmpty() || partition.getAsInt() >= partitions) {
            end(
                    Beacon.MALFORMED,
                    Page.text(400, "that is no token of this deployment, or no event that is known"),
                    respond);
        } else if (isForged(token)) {
            end(Beacon.FORGED, thanks(call), respond);
        } else {
            write(partition.getAsInt(), event(token, what, call), call, respond);
        }
    }

    private void write(int partition, AdEvent event, Call call, Consumer<Page> respond) {
        boolean queued = records.event(partition, event, TraceHeaders.of(call), failure -> {
            if (failure == null) {
                end(Beacon.WRITTEN, thanks(call), respond);
            } else {
                end(Beacon.UNAVAILABLE, unavailable(), respond);
            }
        });
        if (!queued) {
            end(Beacon.UNAVAILABLE, unavailable(), respond);
        }
    }

    private AdEvent event(String token, String what, Call call) {
        boolean shown = what.equals(IMPRESSION);
        Map<String, String> metadata = new LinkedHashMap<>();
        if (!shown) {
            metadata.put("event", what);
        }
        Optional.ofNullable(call.parameters().get("code"))
                .filter(code -> code.length() <= 8)
                .ifPresent(code -> metadata.put("code", code));
        return AdEvent.newBuilder()
                .setToken(token)
                .setKind(shown ? AdEventKind.IMPRESSION : AdEventKind.OTHER)
                .setEventTime(clock.millis())
                .setIp(call.client())
                .setUserAgent(call.header("user-agent")
                        .filter(agent -> agent.length() <= LONGEST)
                        .orElse(null))
                .setMetadata(metadata)
                .build();
    }

    private boolean isForged(String token) {
        return keys.isPresent() && tokens.get().verify(token) instanceof TokenVerdict.Forged;
    }

    private static Page thanks(Call call) {
        boolean get = call.method().toUpperCase(Locale.ROOT).equals("GET");
        return (get ? Page.of(200, "image/gif", PIXEL) : Page.empty(204)).with("Cache-Control", "no-store");
    }

    private static Page unavailable() {
        return Page.text(503, "not written; send it again").with("Retry-After", "1");
    }

    private void end(Beacon what, Page page, Consumer<Page> respond) {
        meters.beacon(what);
        respond.accept(page);
    }
}

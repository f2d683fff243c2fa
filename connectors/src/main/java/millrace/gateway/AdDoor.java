package millrace.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.gateway.GatewayMeters.Ending;
import millrace.gateway.ask.Outcome;
import millrace.gateway.ask.Records;
import millrace.gateway.ask.Waiting;
import millrace.gateway.format.AdFormat;
import millrace.gateway.format.AdFormat.Missing;
import millrace.gateway.format.Arrival;
import millrace.gateway.format.Asked;
import millrace.gateway.format.Times;
import millrace.gateway.http.Call;
import millrace.gateway.http.Handler;
import millrace.gateway.http.Page;
import millrace.intake.ReplyTopics;
import millrace.schemas.AdResponse;
import millrace.session.Unnamed;
import millrace.session.UserKey;

/** Calls for ads in one format: read, asked of the pipeline, answered. */
final class AdDoor implements Handler {
    private final String name;
    private final AdFormat format;
    private final Asking asking;

    /**
     * What all doors share.
     *
     * @param unnamed whom a request without a user id counts for
     * @param partition where answers come now; empty while this gateway has none
     * @param ids a new one for each request that names none
     */
    record Asking(
            Records records,
            Waiting waiting,
            Supplier<OptionalInt> partition,
            String replyTopic,
            Times times,
            Unnamed unnamed,
            InstantSource clock,
            Supplier<String> ids,
            GatewayMeters meters) {}

    AdDoor(String name, AdFormat format, Asking asking) {
        this.name = name;
        this.format = format;
        this.asking = asking;
    }

    @Override
    public void handle(Call call, Consumer<Page> respond) {
        long begun = System.nanoTime();
        Arrival arrival = new Arrival(asking.ids().get(), asking.clock().instant(), asking.times());
        switch (format.read(call, arrival)) {
            case Checked.Invalid<Asked>(List<Fault> faults) ->
                end(Ending.INVALID, format.refused(faults), begun, respond);
            case Checked.Valid<Asked>(Asked asked) ->
                UserKey.of(asked.request(), asking.unnamed())
                        .ifPresentOrElse(
                                user -> ask(asked, user, call, begun, respond),
                                () -> end(Ending.INVALID, format.refused(nobody()), begun, respond));
        }
    }

    private void ask(Asked asked, UserKey user, Call call, long begun, Consumer<Page> respond) {
        OptionalInt partition = asking.partition().get();
        if (partition.isEmpty()) {
            none(asked, Missing.UNAVAILABLE, begun, respond);
            return;
        }
        Consumer<Outcome> then = outcome -> answer(asked, outcome, begun, respond);
        Optional<byte[]> correlation = asking.waiting().begin(asked.within(), then);
        if (correlation.isEmpty()) {
            then.accept(new Outcome.Overloaded());
            return;
        }
        byte[] number = correlation.get();
        boolean queued = asking.records()
                .request(
                        user.isNobody() ? asked.request().getId() : user.value(),
                        asked.request(),
                        headers(number, partition.getAsInt(), call),
                        () -> asking.waiting().expects(number),
                        failure -> {
                            if (failure != null) {
                                asking.waiting().end(number, new Outcome.Unsent(String.valueOf(failure.getMessage())));
                            }
                        });
        if (!queued) {
            asking.waiting().end(number, new Outcome.Overloaded());
        }
    }

    private Map<String, byte[]> headers(byte[] number, int partition, Call call) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put(ReplyTopics.TOPIC, asking.replyTopic().getBytes(UTF_8));
        headers.put(
                ReplyTopics.PARTITION,
                ByteBuffer.allocate(Integer.BYTES).putInt(partition).array());
        headers.put(ReplyTopics.CORRELATION, number);
        headers.putAll(TraceHeaders.of(call));
        return headers;
    }

    private void answer(Asked asked, Outcome outcome, long begun, Consumer<Page> respond) {
        switch (outcome) {
            case Outcome.Answered(AdResponse answer) ->
                end(ending(answer), format.answered(asked, answer), begun, respond);
            case Outcome.Late late -> none(asked, Missing.DEADLINE, begun, respond);
            case Outcome.Overloaded overloaded -> none(asked, Missing.OVERLOADED, begun, respond);
            case Outcome.Unsent unsent -> none(asked, Missing.UNAVAILABLE, begun, respond);
        }
    }

    private void none(Asked asked, Missing why, long begun, Consumer<Page> respond) {
        Ending ending = switch (why) {
            case DEADLINE -> Ending.DEADLINE;
            case OVERLOADED -> Ending.OVERLOADED;
            case UNAVAILABLE -> Ending.UNAVAILABLE;
        };
        end(ending, format.none(asked, why), begun, respond);
    }

    private void end(Ending ending, Page page, long begun, Consumer<Page> respond) {
        asking.meters().ended(name, ending, Duration.ofNanos(System.nanoTime() - begun));
        respond.accept(page.with("Cache-Control", "no-store"));
    }

    private static Ending ending(AdResponse answer) {
        if (answer.getError() != null) {
            return Ending.REFUSED;
        }
        boolean filled =
                answer.getSlots().stream().anyMatch(slot -> !slot.getAds().isEmpty());
        return filled ? Ending.FILLED : Ending.NO_FILL;
    }

    private static List<Fault> nobody() {
        return List.of(
                new Fault(
                        "user",
                        "is missing; a request names a user, a device or a session, whom frequency caps count (caps.unnamed says which will do)"));
    }
}

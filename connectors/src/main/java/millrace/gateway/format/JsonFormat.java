package millrace.gateway.format;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.gateway.http.Call;
import millrace.gateway.http.Page;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.AnswerError;
import millrace.schemas.Device;
import millrace.schemas.NoFillReason;
import millrace.schemas.Outcome;
import millrace.schemas.SlotAnswer;

/**
 * {@code POST /v1/ads}: an AdRequest as a JSON object, its fields as the schema names them; an AdResponse as JSON back. The id, the time and, where the
 * body has no device, user agent and address are put in here.
 */
public final class JsonFormat implements AdFormat {
    private final JsonRecords<AdRequest> requests = new JsonRecords<>(AdRequest.class, List.of("id"));

    @Override
    public Checked<Asked> read(Call call, Arrival arrival) {
        return switch (requests.read(call.body())) {
            case Checked.Invalid<AdRequest> invalid -> new Checked.Invalid<>(invalid.faults());
            case Checked.Valid<AdRequest>(AdRequest request) -> new Checked.Valid<>(asked(request, call, arrival));
        };
    }

    private static Asked asked(AdRequest request, Call call, Arrival arrival) {
        Duration within = arrival.times()
                .within(Optional.ofNullable(request.getDeadlineMillis())
                        .map(millis -> Duration.ofMillis(Math.max(1, millis))));
        AdRequest.Builder complete = AdRequest.newBuilder(request)
                .setEventTime(arrival.at().toEpochMilli())
                .setDeadlineMillis(arrival.times().deadlineMillis(within));
        if (request.getId().isEmpty()) {
            complete.setId(arrival.id());
        }
        if (request.getDevice() == null) {
            complete.setDevice(device(call));
        }
        return new Asked(complete.build(), within);
    }

    private static Device device(Call call) {
        boolean six = call.client().indexOf(':') >= 0;
        return Device.newBuilder()
                .setUserAgent(Browser.agent(call))
                .setIp(six ? null : call.client())
                .setIpv6(six ? call.client() : null)
                .build();
    }

    @Override
    public Page answered(Asked asked, AdResponse answer) {
        return Page.of(answer.getError() == null ? 200 : 400, Page.JSON, answer.toString());
    }

    @Override
    public Page none(Asked asked, Missing why) {
        AdRequest request = asked.request();
        NoFillReason reason = switch (why) {
            case DEADLINE -> NoFillReason.TIMEOUT;
            case OVERLOADED -> NoFillReason.OVERLOADED;
            case UNAVAILABLE -> NoFillReason.OTHER;
        };
        AdResponse answer = answer(request.getId(), request.getPlacement())
                .setSlots(request.getSlots().stream()
                        .map(slot -> SlotAnswer.newBuilder()
                                .setSlotId(slot.getId())
                                .setOutcome(Outcome.NO_FILL)
                                .setReason(reason)
                                .build())
                        .toList())
                .setError(new AnswerError(why.name().toLowerCase(Locale.ROOT), "no answer of the pipeline in time"))
                .setDecidedAt(request.getEventTime() == null ? 0 : request.getEventTime())
                .setTest(request.getTest())
                .build();
        return Page.of(why == Missing.UNAVAILABLE ? 503 : 200, Page.JSON, answer.toString());
    }

    @Override
    public Page refused(List<Fault> faults) {
        AdResponse answer = answer("", "")
                .setError(new AnswerError("invalid_request", Lines.of(faults)))
                .build();
        return Page.of(400, Page.JSON, answer.toString());
    }

    private static AdResponse.Builder answer(String id, String placement) {
        return AdResponse.newBuilder()
                .setRequestId(id)
                .setPlacement(placement)
                .setDecidedAt(0)
                .setTookMicros(0);
    }
}

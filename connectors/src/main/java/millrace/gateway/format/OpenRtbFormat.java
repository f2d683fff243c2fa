package millrace.gateway.format;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.check.Checked;
import millrace.check.Fault;
import millrace.check.Faults;
import millrace.gateway.http.Call;
import millrace.gateway.http.Page;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.upstream.openrtb.OpenRtb;
import millrace.upstream.openrtb.check.Strictness;
import millrace.upstream.openrtb.json.Limits;
import millrace.upstream.openrtb.model.BidRequest;
import millrace.upstream.openrtb.model.BidResponse;

/** {@code POST /openrtb2/auction}: an OpenRTB 2.6 bid request in, a bid response out; 204 when there is no bid, as the specification has it (4.2). */
public final class OpenRtbFormat implements AdFormat {
    private static final int DEEPEST = 32;
    private static final int MOST_FAULTS = 50;

    private final OpenRtb messages;
    private final OpenRtbAnswers answers;

    /** @param mostBytes of a body */
    public OpenRtbFormat(int mostBytes) {
        this.messages = new OpenRtb(new Limits(mostBytes, DEEPEST, MOST_FAULTS), Strictness.TOLERANT);
        this.answers = new OpenRtbAnswers();
    }

    @Override
    public Checked<Asked> read(Call call, Arrival arrival) {
        return switch (messages.requests().check(call.body())) {
            case Checked.Invalid<BidRequest>(List<Fault> faults) -> new Checked.Invalid<>(faults);
            case Checked.Valid<BidRequest>(BidRequest bids) -> read(bids, call, arrival);
        };
    }

    private static Checked<Asked> read(BidRequest bids, Call call, Arrival arrival) {
        Faults faults = new Faults();
        Duration within = arrival.times()
                .within(Optional.ofNullable(bids.tmax())
                        .filter(tmax -> tmax > 0)
                        .map(Duration::ofMillis));
        AdRequest request = new OpenRtbRequest(bids, faults)
                .request()
                .setOpenrtb(new String(call.body(), StandardCharsets.UTF_8))
                .setEventTime(arrival.at().toEpochMilli())
                .setDeadlineMillis(arrival.times().deadlineMillis(within))
                .build();
        return faults.orValid(() -> new Asked(request, within));
    }

    @Override
    public Page answered(Asked asked, AdResponse answer) {
        if (answer.getError() != null) {
            return Page.text(400, answer.getError().getMessage());
        }
        BidResponse response = answers.of(asked.request(), answer);
        boolean bids = response.seatbid() != null && !response.seatbid().isEmpty();
        return bids
                ? versioned(Page.of(200, Page.JSON, messages.responses().write(response)))
                : versioned(Page.empty(204));
    }

    @Override
    public Page none(Asked asked, Missing why) {
        return versioned(Page.empty(204));
    }

    @Override
    public Page refused(List<Fault> faults) {
        return versioned(Page.text(400, Lines.of(faults)));
    }

    private static Page versioned(Page page) {
        return page.with("X-OpenRTB-Version", "2.6");
    }
}

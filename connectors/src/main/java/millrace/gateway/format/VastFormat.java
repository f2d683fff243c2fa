package millrace.gateway.format;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.check.Checked;
import millrace.check.Faults;
import millrace.gateway.http.Call;
import millrace.gateway.http.Page;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.AnswerMarkup;
import millrace.schemas.SlotAnswer;
import millrace.upstream.vast.writer.VastVersion;

/**
 * {@code GET /vast}: one slot, an ad or a break, as one VAST document. No ad is a document without one, which every player takes.
 *
 * @param usual version where the call names none
 */
public record VastFormat(VastVersion usual) implements AdFormat {

    @Override
    public Checked<Asked> read(Call call, Arrival arrival) {
        Parameters parameters = new Parameters(call.parameters(), new Faults());
        TagRequest tag = new TagRequest(call, parameters, arrival);
        Duration within = tag.within();
        AdRequest.Builder request = tag.begin(AnswerMarkup.VAST, within);
        request.setSlots(List.of(tag.slot(request.getPlacement().isEmpty() ? "slot" : slotId(request))
                .build()));
        return parameters.faults().orValid(() -> new Asked(request.build(), within));
    }

    @Override
    public Page answered(Asked asked, AdResponse answer) {
        if (answer.getError() != null) {
            return Page.text(400, answer.getError().getMessage());
        }
        String document = answer.getSlots().stream()
                .findFirst()
                .flatMap(VastFormat::document)
                .map(Vast::declared)
                .orElseGet(() -> Vast.empty(asked.request(), usual));
        return Page.of(200, Page.XML, document);
    }

    @Override
    public Page none(Asked asked, Missing why) {
        return Page.of(200, Page.XML, Vast.empty(asked.request(), usual));
    }

    private static Optional<String> document(SlotAnswer slot) {
        return Optional.ofNullable(slot.getMarkup())
                .or(() -> slot.getAds().stream().findFirst().flatMap(ad -> Optional.ofNullable(ad.getMarkup())))
                .filter(Vast::is);
    }

    /** A slot's id is shorter than a placement's may be. */
    private static String slotId(AdRequest.Builder request) {
        String placement = request.getPlacement();
        return placement.length() <= 64 ? placement : placement.substring(0, 64);
    }
}

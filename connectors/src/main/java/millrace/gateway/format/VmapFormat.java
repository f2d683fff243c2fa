package millrace.gateway.format;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.check.Checked;
import millrace.check.Faults;
import millrace.gateway.http.Call;
import millrace.gateway.http.Page;
import millrace.schemas.AdRequest;
import millrace.schemas.AdResponse;
import millrace.schemas.AnswerMarkup;
import millrace.schemas.Slot;
import millrace.upstream.vast.writer.VastVersion;

/**
 * {@code GET /vmap?breaks=start,00:10:00,end}: the breaks of a content as one VMAP document. Each is one ad, or with {@code pod_duration} several. No ad at
 * all is a schedule without breaks.
 *
 * @param usual version of its VAST where the call names none
 */
public record VmapFormat(VastVersion usual) implements AdFormat {
    private static final int MOST_BREAKS = 20;

    @Override
    public Checked<Asked> read(Call call, Arrival arrival) {
        Parameters parameters = new Parameters(call.parameters(), new Faults());
        TagRequest tag = new TagRequest(call, parameters, arrival);
        Duration within = tag.within();
        AdRequest.Builder request = tag.begin(AnswerMarkup.VMAP, within);
        List<String> breaks = parameters.list("breaks", 12);
        parameters
                .faults()
                .require(
                        breaks.size() <= MOST_BREAKS,
                        "breaks",
                        "has " + breaks.size() + " entries; allowed are " + MOST_BREAKS);
        List<Slot> slots = new ArrayList<>();
        for (String at : breaks.isEmpty() ? List.of("start") : breaks) {
            Optional<Integer> delay = delay(at);
            parameters
                    .faults()
                    .require(
                            delay.isPresent(),
                            "breaks",
                            "has " + Lines.shown(at)
                                    + "; allowed are start, mid, end, seconds, or a time such as 00:10:00");
            slots.add(tag.slot("break-" + (slots.size() + 1))
                    .setStartDelay(delay.orElse(0))
                    .build());
        }
        request.setSlots(slots);
        return parameters.faults().orValid(() -> new Asked(request.build(), within));
    }

    @Override
    public Page answered(Asked asked, AdResponse answer) {
        if (answer.getError() != null) {
            return Page.text(400, answer.getError().getMessage());
        }
        String document = Optional.ofNullable(answer.getMarkup())
                .map(Vast::declared)
                .orElseGet(() -> Vast.emptySchedule(asked.request(), usual));
        return Page.of(200, Page.XML, document);
    }

    @Override
    public Page none(Asked asked, Missing why) {
        return Page.of(200, Page.XML, Vast.emptySchedule(asked.request(), usual));
    }

    /** As OpenRTB says where a break is: 0 the start, -1 somewhere in the middle, -2 the end, else seconds. */
    private static Optional<Integer> delay(String at) {
        return switch (at) {
            case "start", "pre" -> Optional.of(0);
            case "mid" -> Optional.of(-1);
            case "end", "post" -> Optional.of(-2);
            default -> seconds(at.split(":", -1));
        };
    }

    private static Optional<Integer> seconds(String[] parts) {
        if (parts.length != 1 && parts.length != 3) {
            return Optional.empty();
        }
        int seconds = 0;
        for (String part : parts) {
            boolean number =
                    !part.isEmpty() && part.length() <= 5 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!number) {
                return Optional.empty();
            }
            seconds = seconds * 60 + Integer.parseInt(part);
        }
        return seconds <= 86_400 ? Optional.of(seconds) : Optional.empty();
    }
}

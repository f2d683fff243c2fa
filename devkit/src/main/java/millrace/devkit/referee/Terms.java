package millrace.devkit.referee;

import java.time.Duration;
import java.util.List;
import millrace.schemas.Campaign;
import millrace.schemas.Placement;

/**
 * What was promised, as the operator told it to the pipeline.
 *
 * @param campaigns every record of each, in the order in which they were told
 * @param skew how far the clocks of two instances are apart at most: a reservation of one may end by the other's clock
 * @param effect how soon after its record a change of a campaign must have its effect
 * @param excuses empty under exactly-once. Under at-least-once what was decided again because of one of these is documented
 */
public record Terms(
        List<Told<Campaign>> campaigns,
        List<Placement> placements,
        Duration skew,
        Duration effect,
        List<Disturbance> excuses) {

    public Terms {
        campaigns = List.copyOf(campaigns);
        placements = List.copyOf(placements);
        excuses = List.copyOf(excuses);
    }
}

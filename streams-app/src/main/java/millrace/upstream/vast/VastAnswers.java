package millrace.upstream.vast;

import millrace.schemas.MediaChoice;
import millrace.upstream.vast.writer.Beacons;
import millrace.upstream.vast.writer.VastVersion;

/**
 * What resolved ads are like where a request does not say.
 *
 * @param mediaChoice which media file comes first
 * @param fillsTrackers whether macros that stay the same until the ad is shown are put into its trackers
 * @param beacons our own trackers in merged documents
 * @param version of merged documents
 */
public record VastAnswers(MediaChoice mediaChoice, boolean fillsTrackers, Beacons beacons, VastVersion version) {

    /** What a deployment has that sets nothing. */
    public static VastAnswers defaults() {
        return new VastAnswers(MediaChoice.AS_LISTED, true, Beacons.NONE, VastVersion.V4_2);
    }
}

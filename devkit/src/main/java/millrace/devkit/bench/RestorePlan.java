package millrace.devkit.bench;

import java.time.Duration;

/**
 * What is killed and how full it is.
 *
 * @param exposures ads in the stores, each with its exposure and its reservation
 * @param instances 1 is started again in place; of 2 the other one takes over
 * @param standbys copies of the state kept warm
 * @param settle time between the last ad and the kill
 */
record RestorePlan(int exposures, int instances, int standbys, Duration settle) {
    private static final int ADS_OF_A_REQUEST = 25;
    private static final int ADS_OF_A_USER = 50;

    RestorePlan {
        require("--exposures", exposures, 1_000, 10_000_000);
        require("--instances", instances, 1, 2);
        require("--standbys", standbys, 0, instances - 1);
    }

    int adsOfARequest() {
        return ADS_OF_A_REQUEST;
    }

    int requests() {
        return (exposures + ADS_OF_A_REQUEST - 1) / ADS_OF_A_REQUEST;
    }

    int users() {
        return Math.max(1, exposures / ADS_OF_A_USER);
    }

    private static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " is " + value + "; allowed is " + least + " to " + most);
        }
    }
}

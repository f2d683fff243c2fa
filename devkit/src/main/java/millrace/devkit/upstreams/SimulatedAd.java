package millrace.devkit.upstreams;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import millrace.money.Cpm;

/**
 * An ad that a simulated upstream holds.
 *
 * @param creative creative id of letters, digits, dot, dash, underscore; in VAST the ad's id, the creative's and its universal ad id
 * @param advertiser a domain
 * @param price in {@code currency}
 * @param currency ISO 4217
 * @param media at least one
 */
public record SimulatedAd(
        String creative,
        String advertiser,
        String title,
        Duration duration,
        Cpm price,
        String currency,
        List<SimulatedMedia> media) {

    public SimulatedAd {
        media = List.copyOf(media);
        Names.require("creative", creative);
        if (media.isEmpty()) {
            throw new IllegalArgumentException("media of creative " + creative + " is empty; at least one is needed");
        }
    }

    /** Creatives {@code prefix-1} to {@code prefix-count} of as many advertisers, 15 to 30 s long, at 2.50 USD and up. */
    public static List<SimulatedAd> numbered(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> numberedOne(prefix, number))
                .toList();
    }

    private static SimulatedAd numberedOne(String prefix, int number) {
        String creative = prefix + "-" + number;
        return new SimulatedAd(
                creative,
                "advertiser-" + number + ".example",
                "Ad " + number + " of " + prefix,
                Duration.ofSeconds(15 + 5 * (number % 4)),
                new Cpm(2_500_000 + 10_000L * (number - 1)),
                "USD",
                List.of(
                        new SimulatedMedia(
                                "https://media.example/" + creative + "-hd.mp4", "video/mp4", 1920, 1080, 4800),
                        new SimulatedMedia(
                                "https://media.example/" + creative + "-sd.mp4", "video/mp4", 640, 360, 800)));
    }
}

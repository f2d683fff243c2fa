package millrace.devkit.demo;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import millrace.schemas.AdRequest;
import millrace.schemas.Content;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.schemas.User;

/**
 * Fictitious viewers, some of whom watch far more than others. Their requests are the same for a seed, times and ids apart. For one thread.
 */
public final class Audience {
    private static final List<String> COUNTRIES = List.of("DE", "AT", "CH", "FR");
    private static final List<String> FILMS =
            List.of("The Long Winter", "Harbour Lights", "Nine Rivers", "Mill on the Race");
    private static final double PREROLL_SHARE = 0.75;
    /** Longer than a player would wait, since everything shares this machine. */
    private static final int DEADLINE_MILLIS = 1_000;
    /** AdCOM: connected TV. */
    private static final int CONNECTED_TV = 3;

    private final int viewers;
    private final String run;
    private final InstantSource clock;
    private final SplittableRandom random;
    private int requests;

    /**
     * @param viewers how many there are, at least 1
     * @param run tells the request ids of this run from those of others
     */
    public Audience(int viewers, String run, long seed, InstantSource clock) {
        this.viewers = viewers;
        this.run = run;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
    }

    /** Somebody asks for an ad. */
    public AdRequest next() {
        int viewer = viewer();
        String film = FILMS.get(random.nextInt(FILMS.size()));
        String placement = random.nextDouble() < PREROLL_SHARE ? "preroll" : "midroll";
        return AdRequest.newBuilder()
                .setId("%s-%04d".formatted(run, ++requests))
                .setPlacement(placement)
                .setUser(
                        User.newBuilder().setId("viewer-%02d".formatted(viewer)).build())
                .setDevice(device(viewer))
                .setEventTime(clock.millis())
                .setDeadlineMillis(DEADLINE_MILLIS)
                .setContent(Content.newBuilder().setTitle(film).build())
                .setContentUrl("https://tv.example/watch/"
                        + film.toLowerCase(Locale.ROOT).replace(' ', '-'))
                .setMetadata(Map.of("app_version", "4.2"))
                .build();
    }

    /** From 1 to their number; the first third asks for more than half. */
    private int viewer() {
        double skewed = Math.pow(random.nextDouble(), 1.8);
        return 1 + (int) (skewed * viewers);
    }

    private static Device device(int viewer) {
        return Device.newBuilder()
                .setUserAgent("ExampleTV/4.2 (Smart TV)")
                .setIp("203.0.113." + (viewer % 250))
                .setGeo(Geo.newBuilder()
                        .setCountry(COUNTRIES.get(viewer % COUNTRIES.size()))
                        .build())
                .setDeviceType(CONNECTED_TV)
                .setLanguage("de")
                .build();
    }
}

package millrace.devkit.upstreams;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns a behaviour's knobs by name, as the query of a control request or a command line gives them. */
final class Knobs {

    private static final String NAMES = "latency, errorRate, fillRate, mode, ads, pod, wrappers";
    private static final int MOST_ADS = 10_000;

    private Knobs() {}

    /**
     * @param prefix of creative ids, if the number of ads changes
     * @throws IllegalArgumentException if a knob is unknown or its value is not allowed; the message names both
     */
    static Behaviour turned(Behaviour behaviour, Map<String, String> knobs, String prefix) {
        Behaviour turned = behaviour;
        for (Map.Entry<String, String> knob : knobs.entrySet()) {
            turned = turned(turned, knob.getKey(), knob.getValue(), prefix);
        }
        return turned;
    }

    private static Behaviour turned(Behaviour behaviour, String knob, String value, String prefix) {
        return switch (knob) {
            case "latency" -> behaviour.with(Latency.parse(value));
            case "errorRate" -> behaviour.withErrorRate(share(knob, value));
            case "fillRate" -> behaviour.withFillRate(share(knob, value));
            case "mode" -> behaviour.with(mode(value));
            case "ads", "pod", "wrappers" ->
                behaviour.with(inventory(behaviour.content(), knob, count(knob, value), prefix));
            default -> throw new IllegalArgumentException("knob " + knob + " is unknown; there are " + NAMES);
        };
    }

    private static Content inventory(Content content, String knob, int count, String prefix) {
        var inventory = content instanceof Content.Inventory known
                ? known
                : new Content.Inventory(SimulatedAd.numbered(prefix, 1));
        return switch (knob) {
            case "ads" -> new Content.Inventory(ads(prefix, count), inventory.pod(), inventory.wrappers());
            case "pod" -> new Content.Inventory(inventory.ads(), count, inventory.wrappers());
            default -> new Content.Inventory(inventory.ads(), inventory.pod(), count);
        };
    }

    private static List<SimulatedAd> ads(String prefix, int count) {
        if (count < 1 || count > MOST_ADS) {
            throw new IllegalArgumentException("ads is " + count + "; allowed is 1 to " + MOST_ADS);
        }
        return SimulatedAd.numbered(prefix, count);
    }

    private static double share(String knob, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(knob + " is '" + value + "'; allowed is a number from 0 to 1");
        }
    }

    private static int count(String knob, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(knob + " is '" + value + "'; allowed is a whole number");
        }
    }

    private static Mode mode(String value) {
        String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mode is '" + value + "'; allowed is one of "
                        + Arrays.stream(Mode.values())
                                .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}

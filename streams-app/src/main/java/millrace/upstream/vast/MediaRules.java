package millrace.upstream.vast;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import millrace.schemas.AdRequest;
import millrace.schemas.MediaChoice;
import millrace.schemas.Player;
import millrace.schemas.Slot;
import millrace.schemas.SlotKind;
import millrace.upstream.vast.document.MediaFile;

/**
 * Which media files a slot takes, and which comes first. What a file does not say is not held against it.
 *
 * @param width of the slot, else of the player
 */
record MediaRules(Slot slot, Optional<Integer> width, Optional<Integer> height, MediaChoice choice) {
    /** AdCOM list Delivery Methods: 1 streaming, 2 progressive, 3 download. */
    private static final int STREAMING = 1;

    private static final Set<Integer> VPAID = Set.of(1, 2);
    private static final Set<Integer> MRAID = Set.of(3, 5, 6);
    private static final Set<Integer> OMID = Set.of(7);
    private static final Set<Integer> SIMID = Set.of(8, 9);

    /** @param usual the choice of a slot that names none */
    static MediaRules of(Slot slot, AdRequest request, MediaChoice usual) {
        Optional<Player> player = Optional.ofNullable(request.getPlayer());
        return new MediaRules(
                slot,
                Optional.ofNullable(slot.getWidth()).or(() -> player.map(Player::getWidth)),
                Optional.ofNullable(slot.getHeight()).or(() -> player.map(Player::getHeight)),
                Optional.ofNullable(slot.getMediaChoice()).orElse(usual));
    }

    /** Those that the slot takes, the chosen one first; equal ones stay as the document lists them. */
    List<MediaFile> usable(List<MediaFile> files) {
        return files.stream().filter(this::takes).sorted(order()).toList();
    }

    private boolean takes(MediaFile file) {
        return kindFits(mime(file))
                && mimeFits(mime(file))
                && bitrateFits(file)
                && deliveryFits(file.delivery())
                && codecsFit(file.codec())
                && frameworkFits(file.apiFramework())
                && (Optional.ofNullable(slot.getSecure()).orElse(0) != 1
                        || file.url().toLowerCase(Locale.ROOT).startsWith("https:"));
    }

    private boolean kindFits(String mime) {
        boolean audio = slot.getKind() == SlotKind.AUDIO;
        return !mime.startsWith(audio ? "video/" : "audio/");
    }

    private boolean mimeFits(String mime) {
        return slot.getMimes().isEmpty() || slot.getMimes().stream().anyMatch(mime::equalsIgnoreCase);
    }

    private boolean bitrateFits(MediaFile file) {
        Optional<Integer> most = file.maxBitrate().or(file::bitrateKbps);
        Optional<Integer> least = file.minBitrate().or(file::bitrateKbps);
        boolean fastEnough = slot.getMinBitrateKbps() == null
                || most.map(m -> m >= slot.getMinBitrateKbps()).orElse(true);
        return fastEnough
                && (slot.getMaxBitrateKbps() == null
                        || least.map(l -> l <= slot.getMaxBitrateKbps()).orElse(true));
    }

    private boolean deliveryFits(String delivery) {
        if (slot.getDelivery().isEmpty()) {
            return true;
        }
        return switch (delivery.toLowerCase(Locale.ROOT)) {
            case "streaming" -> slot.getDelivery().contains(STREAMING);
            case "progressive" -> slot.getDelivery().stream().anyMatch(method -> method != STREAMING);
            default -> true;
        };
    }

    /** Each codec of the file must be one that the player names, or begin with one. */
    private boolean codecsFit(String codecs) {
        if (slot.getCodecs().isEmpty() || codecs.isBlank()) {
            return true;
        }
        for (String codec : codecs.toLowerCase(Locale.ROOT).split(",", -1)) {
            if (slot.getCodecs().stream()
                    .noneMatch(known -> codec.strip().startsWith(known.toLowerCase(Locale.ROOT)))) {
                return false;
            }
        }
        return true;
    }

    private boolean frameworkFits(String framework) {
        if (slot.getApis().isEmpty() || framework.isBlank()) {
            return true;
        }
        Set<Integer> wanted = switch (framework.toUpperCase(Locale.ROOT)) {
            case "VPAID" -> VPAID;
            case "MRAID" -> MRAID;
            case "OMID" -> OMID;
            case "SIMID" -> SIMID;
            default -> Set.of();
        };
        return slot.getApis().stream().anyMatch(wanted::contains);
    }

    private Comparator<MediaFile> order() {
        Comparator<MediaFile> bestFirst = Comparator.comparingLong(MediaRules::pixels)
                .thenComparingInt(MediaRules::bitrate)
                .reversed();
        return switch (choice) {
            case AS_LISTED -> (_, _) -> 0;
            case BEST_QUALITY -> bestFirst;
            case LOWEST_BITRATE ->
                Comparator.comparingInt(file -> file.bitrateKbps().orElse(Integer.MAX_VALUE));
            case CLOSEST_SIZE -> Comparator.comparingLong(this::distance).thenComparing(bestFirst);
        };
    }

    private long distance(MediaFile file) {
        if (width.isEmpty() || height.isEmpty()) {
            return 0;
        }
        return file.width().isPresent() && file.height().isPresent()
                ? Math.abs((long) file.width().get() - width.get())
                        + Math.abs((long) file.height().get() - height.get())
                : Long.MAX_VALUE;
    }

    private static long pixels(MediaFile file) {
        return (long) file.width().orElse(0) * file.height().orElse(0);
    }

    private static int bitrate(MediaFile file) {
        return file.bitrateKbps().orElse(0);
    }

    private static String mime(MediaFile file) {
        int semicolon = file.type().indexOf(';');
        return (semicolon < 0 ? file.type() : file.type().substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}

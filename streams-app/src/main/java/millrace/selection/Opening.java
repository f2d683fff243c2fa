package millrace.selection;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import millrace.catalog.Campaign;
import millrace.catalog.Placement;
import millrace.schemas.AdRequest;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.schemas.Slot;
import millrace.session.Fingerprint;

/**
 * A slot that is open at a moment, and what the request says about who may fill it.
 *
 * @param lot what equal campaigns draw from: request and slot
 * @param currencies allowed ones, best first: the request's, or the placement's when it names none
 * @param country where the device is, ISO 3166-1 alpha-2; a campaign that targets countries needs it
 * @param deviceType AdCOM device type; a campaign that targets them needs it
 * @param blockedAdvertisers domains in lower case
 */
record Opening(
        Fingerprint lot,
        Instant at,
        String placement,
        List<String> currencies,
        Floor floor,
        Optional<String> country,
        Optional<Integer> deviceType,
        Set<String> blockedAdvertisers) {

    static Opening of(AdRequest request, Slot slot, Placement placement, Instant at) {
        Optional<Device> device = Optional.ofNullable(request.getDevice());
        return new Opening(
                Fingerprint.EMPTY.with(request.getId()).with(slot.getId()),
                at,
                placement.id(),
                request.getCurrencies().isEmpty() ? List.of(placement.currency()) : request.getCurrencies(),
                Floor.of(request, slot, placement),
                device.map(Device::getGeo).map(Geo::getCountry).map(Countries::alpha2),
                device.map(Device::getDeviceType),
                domains(request.getBlockedAdvertisers()));
    }

    boolean isTargetedBy(Campaign campaign) {
        return (campaign.placements().isEmpty() || campaign.placements().contains(placement))
                && (campaign.countries().isEmpty()
                        || country.filter(campaign.countries()::contains).isPresent())
                && (campaign.deviceTypes().isEmpty()
                        || deviceType.filter(campaign.deviceTypes()::contains).isPresent());
    }

    boolean isInFlight(Campaign campaign) {
        return campaign.flightStart().map(start -> !at.isBefore(start)).orElse(true)
                && campaign.flightEnd().map(at::isBefore).orElse(true);
    }

    /** A blocked domain blocks its subdomains too: {@code a.shop.example} for {@code shop.example}, not for {@code p.example}. */
    boolean blocks(String advertiser) {
        if (blockedAdvertisers.isEmpty()) {
            return false;
        }
        String domain = domain(advertiser);
        while (!blockedAdvertisers.contains(domain)) {
            int dot = domain.indexOf('.');
            if (dot < 0) {
                return false;
            }
            domain = domain.substring(dot + 1);
        }
        return true;
    }

    /** How much this currency is wanted, 0 the most; −1 is not at all. */
    int rankOf(String currency) {
        for (int rank = 0; rank < currencies.size(); rank++) {
            if (currencies.get(rank).equalsIgnoreCase(currency)) {
                return rank;
            }
        }
        return -1;
    }

    private static Set<String> domains(List<String> raw) {
        Set<String> domains = new HashSet<>();
        for (String domain : raw) {
            if (!domain.isBlank()) {
                domains.add(domain(domain));
            }
        }
        return domains;
    }

    private static String domain(String raw) {
        String domain = raw.strip().toLowerCase(Locale.ROOT);
        return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    }
}

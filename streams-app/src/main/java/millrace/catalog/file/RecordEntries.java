package millrace.catalog.file;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import millrace.schemas.BidderLimits;
import millrace.schemas.Campaign;
import millrace.schemas.CampaignStatus;
import millrace.schemas.Pacing;
import millrace.schemas.Placement;
import millrace.schemas.PlacementAuction;
import millrace.schemas.SlotKind;
import millrace.schemas.Targeting;
import millrace.schemas.Upstream;
import millrace.schemas.UpstreamProtocol;

/** The three kinds of record: what each name of the file is in the record. Ranges are the {@code CatalogReader}'s to check. */
@SuppressWarnings("NullAway") // A field that may be absent is null in a record.
final class RecordEntries {
    private RecordEntries() {}

    static Campaign campaign(String id, Entry entry) {
        return Campaign.newBuilder()
                .setId(id)
                .setName(entry.text("name", "name").orElse(null))
                .setAdvertiser(entry.required("advertiser", "advertiser"))
                .setStatus(entry.value("status", "status", Scalars.choice(CampaignStatus.class))
                        .orElse(CampaignStatus.ACTIVE))
                .setPriority(
                        entry.value("priority", "priority", Scalars::number).orElse(0))
                .setStartsAt(entry.value("starts", "startsAt", Scalars::instant).orElse(null))
                .setEndsAt(entry.value("ends", "endsAt", Scalars::instant).orElse(null))
                .setCurrency(entry.required("currency", "currency"))
                .setPriceCpmMicros(entry.required("cpm", "priceCpmMicros", Amounts::cpmMicros)
                        .orElse(0L))
                .setBudgetNanos(entry.value("budget", "budgetNanos", Amounts::budgetNanos)
                        .orElse(null))
                .setDailyBudgetNanos(entry.value("daily-budget", "dailyBudgetNanos", Amounts::budgetNanos)
                        .orElse(null))
                .setZone(entry.text("zone", "zone").orElse("UTC"))
                .setPacing(entry.value("pacing", "pacing", Scalars.choice(Pacing.class))
                        .orElse(Pacing.ASAP))
                .setCaps(entry.entries("caps", "caps", CapEntry::read))
                .setMinGapMillis(entry.value("min-gap", "minGapMillis", Scalars::duration)
                        .map(Duration::toMillis)
                        .orElse(null))
                .setTargeting(whole(entry.entry("targeting", "targeting"), RecordEntries::targeting))
                .setPool(whole(entry.entry("pool", "pool"), RotationEntries::pool))
                .setCreatives(entry.entries("creatives", "creatives", CreativeEntry::read))
                .build();
    }

    static Upstream upstream(String id, Entry entry) {
        return Upstream.newBuilder()
                .setId(id)
                .setName(entry.text("name", "name").orElse(null))
                .setProtocol(entry.value("protocol", "protocol", Scalars.choice(UpstreamProtocol.class))
                        .orElse(UpstreamProtocol.VAST))
                .setUrl(entry.required("url", "url"))
                .setTimeoutMillis(
                        entry.value("timeout", "timeoutMillis", Scalars::millis).orElse(null))
                .setWeight(entry.value("weight", "weight", Scalars::number).orElse(1))
                .setHeaders(entry.table("headers", "headers"))
                .setDefaultHeaders(entry.table("default-headers", "defaultHeaders"))
                .setParams(entry.table("params", "params"))
                .setRawParams(entry.texts("raw-params", "rawParams"))
                .setUserIdParam(entry.text("user-id-param", "userIdParam").orElse(null))
                .setDeviceIdParam(entry.text("device-id-param", "deviceIdParam").orElse(null))
                .setBidder(whole(entry.entry("bidder", "bidder"), RecordEntries::bidder))
                .setCountries(entry.texts("countries", "countries"))
                .setRegions(entry.texts("regions", "regions"))
                .setMaxPerSecond(entry.value("max-per-second", "maxPerSecond", Scalars::number)
                        .orElse(null))
                .setCostCpmMicros(
                        entry.value("cost", "costCpmMicros", Amounts::cpmMicros).orElse(0L))
                .setBasic(whole(entry.entry("basic", "basic"), RotationEntries::basic))
                .setOauth2(whole(entry.entry("oauth2", "oauth2"), RotationEntries::oauth2))
                .setCache(whole(entry.entry("cache", "cache"), RotationEntries::cache))
                .setBreaker(whole(entry.entry("breaker", "breaker"), RotationEntries::breaker))
                .build();
    }

    static Placement placement(String id, Entry entry) {
        return Placement.newBuilder()
                .setId(id)
                .setName(entry.text("name", "name").orElse(null))
                .setKind(entry.value("kind", "kind", Scalars.choice(SlotKind.class))
                        .orElse(SlotKind.VIDEO))
                .setCurrency(entry.text("currency", "currency").orElse("USD"))
                .setFloorCpmMicros(entry.value("floor", "floorCpmMicros", Amounts::cpmMicros)
                        .orElse(0L))
                .setDeadlineMillis(entry.value("deadline", "deadlineMillis", Scalars::millis)
                        .orElse(null))
                .setReservationMillis(entry.value("reservation", "reservationMillis", Scalars::millis)
                        .orElse(null))
                .setMaxDurationMillis(entry.value("max-duration", "maxDurationMillis", Scalars::millis)
                        .orElse(null))
                .setCaps(entry.entries("caps", "caps", CapEntry::read))
                .setHouse(whole(entry.entry("house", "house"), CreativeEntry::read))
                .setAuction(whole(entry.entry("auction", "auction"), RecordEntries::auction))
                .build();
    }

    private static BidderLimits bidder(Entry entry) {
        BidderLimits.Builder limits = BidderLimits.newBuilder();
        entry.value("max-concurrent", "maxConcurrent", Scalars::number).ifPresent(limits::setMaxConcurrent);
        entry.value("gzip", "gzip", Scalars::flag).ifPresent(limits::setGzip);
        return limits.setGvlId(entry.value("gvl-id", "gvlId", Scalars::number).orElse(null))
                .setMaxPerSecond(entry.value("max-per-second", "maxPerSecond", Scalars::number)
                        .orElse(null))
                .build();
    }

    private static PlacementAuction auction(Entry entry) {
        return PlacementAuction.newBuilder()
                .setBidders(entry.texts("bidders", "bidders"))
                .setPriority(
                        entry.value("priority", "priority", Scalars::number).orElse(0))
                .build();
    }

    private static Targeting targeting(Entry entry) {
        return Targeting.newBuilder()
                .setPlacements(entry.texts("placements", "placements"))
                .setCountries(entry.texts("countries", "countries"))
                .setDeviceTypes(List.copyOf(entry.values("device-types", "deviceTypes", Scalars::number)))
                .build();
    }

    private static <T> T whole(Optional<Entry> entry, Function<Entry, T> read) {
        return entry.map(present -> {
                    T value = read.apply(present);
                    present.nothingElse();
                    return value;
                })
                .orElse(null);
    }
}

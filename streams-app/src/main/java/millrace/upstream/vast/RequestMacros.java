package millrace.upstream.vast;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import millrace.schemas.AdRequest;
import millrace.schemas.App;
import millrace.schemas.Consent;
import millrace.schemas.Content;
import millrace.schemas.Player;
import millrace.schemas.Pod;
import millrace.schemas.Site;
import millrace.schemas.Slot;
import millrace.schemas.Source;
import millrace.session.SessionContext;

/**
 * The macros of one slot of one request (IAB macro registry), the same on every hop: time, cache buster and transaction
 * come from the session context. What is computed is only what a URL asks for.
 *
 * @param blockedCategories the request's, and those of the wrappers so far
 * @param serverUserAgent SERVERUA
 */
record RequestMacros(
        SessionContext context, AdRequest request, Slot slot, List<String> blockedCategories, String serverUserAgent)
        implements Macros {

    /** ISO 8601 with thousandths and offset, as the registry wants it. */
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    RequestMacros {
        blockedCategories = List.copyOf(blockedCategories);
    }

    /** These behind a wrapper that blocks more. */
    RequestMacros blocking(List<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(blockedCategories);
        more.stream().filter(c -> !all.contains(c)).forEach(all::add);
        return new RequestMacros(context, request, slot, all, serverUserAgent);
    }

    @Override
    public MacroValue valueOf(String name) {
        return switch (name) {
            case "CACHEBUSTING" -> MacroValue.of(context.cachebusting());
            case "TIMESTAMP" -> MacroValue.of(TIMESTAMP.format(context.timestamp()));
            case "TRANSACTIONID" ->
                MacroValue.of(optional(request.getSource())
                        .flatMap(s -> optional(s, Source::getTransactionId))
                        .orElse(context.correlator()));
            case "BLOCKEDADCATEGORIES" -> MacroValue.of(blockedCategories);
            // On behalf of a client that asked us to.
            case "SERVERSIDE" -> MacroValue.of("1");
            case "SERVERUA" -> MacroValue.of(serverUserAgent);
            case "GDPRCONSENT" -> MacroValue.of(consent(Consent::getTcf));
            case "GPPSTRING" -> MacroValue.of(consent(Consent::getGpp));
            case "GPPSECTIONID" ->
                MacroValue.of(consent(Consent::getGppSections).orElse(List.of()));
            case "REGULATIONS" -> MacroValue.of(regulations());
            default -> placeOrPlayback(name);
        };
    }

    private MacroValue placeOrPlayback(String name) {
        return switch (name) {
            case "PAGEURL" -> pageUrl();
            case "APPBUNDLE" -> appBundle();
            case "DOMAIN" -> MacroValue.of(site(Site::getDomain).or(() -> app(App::getDomain)));
            case "STOREID" -> MacroValue.of(app(App::getStoreId));
            case "STOREURL" -> MacroValue.of(app(App::getStoreUrl));
            case "CONTENTID" -> contentId();
            case "CONTENTURI" -> MacroValue.of(content(Content::getUrl));
            case "CONTENTCAT" -> MacroValue.of(content(Content::getCategories).orElse(List.of()));
            case "MEDIAPLAYHEAD", "CONTENTPLAYHEAD" -> playhead();
            case "PLAYERSIZE" -> playerSize();
            case "PLAYERCAPABILITIES" ->
                MacroValue.of(player(Player::getCapabilities).orElse(List.of()));
            case "INVENTORYSTATE" ->
                MacroValue.of(player(Player::getInventoryStates).orElse(List.of()));
            case "VASTVERSIONS" -> vastVersions();
            case "OMIDPARTNER" -> MacroValue.of(player(Player::getOmidPartner));
            case "VERIFICATIONVENDORS" ->
                MacroValue.of(player(Player::getVerificationVendors).orElse(List.of()));
            case "CLICKTYPE" -> MacroValue.of(player(Player::getClickType));
            case "EXTENSIONS" -> MacroValue.of(player(Player::getExtensions).orElse(List.of()));
            default -> breakOrDevice(name);
        };
    }

    private MacroValue breakOrDevice(String name) {
        return switch (name) {
            case "BREAKPOSITION" -> breakPosition();
            case "BREAKMAXDURATION" -> breakMaxDuration();
            case "BREAKMAXADS" -> MacroValue.of(player(Player::getBreakMaxAds).or(() -> pod(Pod::getMaxAds)));
            case "BREAKMINADLENGTH" ->
                MacroValue.of(player(Player::getBreakMinAdSeconds).or(() -> seconds(slot.getMinDurationMillis())));
            case "BREAKMAXADLENGTH" ->
                MacroValue.of(player(Player::getBreakMaxAdSeconds).or(() -> seconds(slot.getMaxDurationMillis())));
            case "ADCOUNT" -> MacroValue.of(Integer.toString(pod(Pod::getMaxAds).orElse(1)));
            case "ADTYPE" -> MacroValue.of(slot.getKind().name().toLowerCase(Locale.ROOT));
            case "MEDIAMIME" -> MacroValue.of(slot.getMimes());
            case "APIFRAMEWORKS" -> MacroValue.of(slot.getApis());
            case "PLACEMENTTYPE" -> MacroValue.of(optional(slot.getPlacementType()));
            case "PLAYBACKMETHODS" -> MacroValue.of(slot.getPlaybackMethods());
            case "ADCATEGORIES" -> MacroValue.of(request.getAllowedCategories());
            case "CLIENTUA" -> MacroValue.of(player(Player::getClientUserAgent));
            case "PLAYERSTATE" -> MacroValue.of(player(Player::getStates).orElse(List.of()));
            case "DSAREQUIRED" -> MacroValue.of(consent(Consent::getDsaRequired));
            case "DSAPUBRENDER" -> MacroValue.of(consent(Consent::getDsaPublisherRenders));
            case "DSAPARAMS" -> dsaParams();
            // Of the registry, and nobody knows them before there is an ad or a click.
            case "ADPLAYHEAD", "ADSERVINGID", "ASSETURI", "CLICKPOS" -> new MacroValue.Unknown();
            case "PODSEQUENCE", "UNIVERSALADID" -> new MacroValue.Unknown();
            default -> new DeviceMacros(context, request).valueOf(name);
        };
    }

    /** Joined by an underscore, other than every other list (registry, DSAPARAMS). */
    private MacroValue dsaParams() {
        List<String> params = consent(Consent::getDsaParams).orElse(List.of()).stream()
                .map(String::valueOf)
                .toList();
        return params.isEmpty() ? new MacroValue.Unknown() : MacroValue.of(String.join("_", params));
    }

    private MacroValue pageUrl() {
        if (optional(request.getApp()).isPresent()) {
            return new MacroValue.NotApplicable();
        }
        return MacroValue.of(site(Site::getPage).or(context::contentUrl));
    }

    private MacroValue appBundle() {
        if (optional(request.getSite()).isPresent()) {
            return new MacroValue.NotApplicable();
        }
        return MacroValue.of(app(App::getBundle));
    }

    /** Registry and id; an id without a registry is put under "unknown". */
    private MacroValue contentId() {
        List<String> ids = content(Content::getIds).orElse(List.of());
        return ids.isEmpty() ? MacroValue.of(content(Content::getId).map(id -> "unknown " + id)) : MacroValue.of(ids);
    }

    private MacroValue playhead() {
        return MacroValue.of(player(Player::getContentPlayheadMillis)
                .map(ms -> String.format(
                        Locale.ROOT,
                        "%02d:%02d:%02d.%03d",
                        ms / 3_600_000,
                        ms / 60_000 % 60,
                        ms / 1000 % 60,
                        ms % 1000)));
    }

    private MacroValue playerSize() {
        Optional<Integer> width = player(Player::getWidth).or(() -> optional(slot.getWidth()));
        Optional<Integer> height = player(Player::getHeight).or(() -> optional(slot.getHeight()));
        return width.isPresent() && height.isPresent()
                ? MacroValue.of(List.of(width.get(), height.get()))
                : new MacroValue.Unknown();
    }

    /** The player's own list, else the slot's protocols: both number VAST versions by the same AdCOM list. */
    private MacroValue vastVersions() {
        List<Integer> told = player(Player::getVastVersions).orElse(List.of());
        return MacroValue.of(told.isEmpty() ? slot.getProtocols() : told);
    }

    private MacroValue breakPosition() {
        Optional<Integer> fromDelay = optional(slot.getStartDelay()).map(d -> d == 0 ? 1 : d == -2 ? 3 : 2);
        return MacroValue.of(optional(slot.getBreakPosition()).or(() -> fromDelay));
    }

    private MacroValue breakMaxDuration() {
        return MacroValue.of(player(Player::getBreakMaxDurationSeconds)
                .or(() -> pod(Pod::getTotalMillis).map(ms -> ms / 1000))
                .or(() -> seconds(slot.getMaxDurationMillis())));
    }

    private List<String> regulations() {
        List<String> told = consent(Consent::getRegulations).orElse(List.of());
        if (!told.isEmpty()) {
            return told;
        }
        List<String> derived = new ArrayList<>();
        consent(Consent::getCoppa).filter(c -> c == 1).ifPresent(c -> derived.add("coppa"));
        consent(Consent::getGdpr).filter(g -> g == 1).ifPresent(g -> derived.add("gdpr"));
        return derived;
    }

    private <T> Optional<T> consent(Function<Consent, T> field) {
        return optional(request.getConsent()).flatMap(c -> optional(c, field));
    }

    private <T> Optional<T> site(Function<Site, T> field) {
        return optional(request.getSite()).flatMap(s -> optional(s, field));
    }

    private <T> Optional<T> app(Function<App, T> field) {
        return optional(request.getApp()).flatMap(a -> optional(a, field));
    }

    private <T> Optional<T> content(Function<Content, T> field) {
        return optional(request.getContent()).flatMap(c -> optional(c, field));
    }

    private <T> Optional<T> player(Function<Player, T> field) {
        return optional(request.getPlayer()).flatMap(p -> optional(p, field));
    }

    private <T> Optional<T> pod(Function<Pod, T> field) {
        return optional(slot.getPod()).flatMap(p -> optional(p, field));
    }

    private static Optional<Integer> seconds(@org.jspecify.annotations.Nullable Integer millis) {
        return Optional.ofNullable(millis).map(ms -> ms / 1000);
    }

    private static <T> Optional<T> optional(@org.jspecify.annotations.Nullable T value) {
        return Optional.ofNullable(value);
    }

    private static <R, T> Optional<T> optional(R record, Function<R, T> field) {
        return Optional.ofNullable(field.apply(record));
    }
}

package millrace.gateway.format;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import millrace.gateway.http.Call;
import millrace.schemas.AdRequest;
import millrace.schemas.AnswerMarkup;
import millrace.schemas.App;
import millrace.schemas.Consent;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.schemas.Pod;
import millrace.schemas.Site;
import millrace.schemas.Slot;
import millrace.schemas.User;
import millrace.upstream.vast.writer.VastVersion;
import org.jspecify.annotations.Nullable;

/** The parameters of an ad tag as a request: what VAST and VMAP tags have in common. Those that are not known are left alone. */
final class TagRequest {
    private static final int LONGEST_ID = 128;
    private static final int LONGEST_USER = 256;
    private static final int LONGEST_URL = 4096;
    private static final int LONGEST_CONSENT = 8192;
    private static final Set<String> DOCUMENTS = Set.of("application/xml", "text/xml", "application/vast+xml");

    private final Call call;
    private final Parameters parameters;
    private final Arrival arrival;

    TagRequest(Call call, Parameters parameters, Arrival arrival) {
        this.call = call;
        this.parameters = parameters;
        this.arrival = arrival;
    }

    /** The request without slots; its placement is empty where that is a fault. */
    AdRequest.Builder begin(AnswerMarkup markup, Duration within) {
        String placement = parameters.text("placement", LONGEST_ID);
        parameters.faults().require(placement != null || parameters.has("placement"), "placement", "is missing");
        String id = parameters.text("id", LONGEST_ID);
        return AdRequest.newBuilder()
                .setId(id == null ? arrival.id() : id)
                .setPlacement(placement == null ? "" : placement)
                .setUser(user())
                .setDevice(device())
                .setSessionId(parameters.text("session", LONGEST_USER))
                .setEventTime(arrival.at().toEpochMilli())
                .setDeadlineMillis(arrival.times().deadlineMillis(within))
                .setSite(site())
                .setApp(app())
                .setContentUrl(parameters.text("content", LONGEST_URL))
                .setConsent(consent())
                .setCurrencies(parameters.list("currencies", 3))
                .setBlockedAdvertisers(parameters.list("badv", LONGEST_USER))
                .setBlockedCategories(parameters.list("bcat", LONGEST_USER))
                .setParams(parameters.beginning("c."))
                .setMetadata(parameters.beginning("m."))
                .setTest(Integer.valueOf(1).equals(parameters.flag("test")))
                .setMarkup(markup)
                .setVastVersion(version().orElse(null));
    }

    Duration within() {
        Integer millis = parameters.number("deadline", 1, 60_000);
        return arrival.times().within(Optional.ofNullable(millis).map(Duration::ofMillis));
    }

    /** What each ad of a slot must be, and the break that it is, if it is one. */
    Slot.Builder slot(String id) {
        return Slot.newBuilder()
                .setId(id)
                .setMinDurationMillis(parameters.millis("min_duration"))
                .setMaxDurationMillis(parameters.millis("max_duration"))
                .setWidth(size("width", "w"))
                .setHeight(size("height", "h"))
                .setMimes(parameters.list("mimes", LONGEST_ID))
                .setProtocols(parameters.numbers("protocols"))
                .setApis(parameters.numbers("apis"))
                .setMaxBitrateKbps(parameters.number("max_bitrate", 1, 1_000_000))
                .setSkip(parameters.flag("skip"))
                .setStartDelay(parameters.number("start_delay", -2, 86_400))
                .setPod(pod());
    }

    private @Nullable Integer size(String name, String shorter) {
        Integer value = parameters.number(name, 1, 100_000);
        return value == null ? parameters.number(shorter, 1, 100_000) : value;
    }

    private @Nullable Pod pod() {
        Integer total = parameters.millis("pod_duration");
        Integer ads = parameters.number("pod_ads", 1, 50);
        if (total == null) {
            parameters.faults().require(ads == null, "pod_ads", "is given without pod_duration; a break has a length");
            return null;
        }
        return Pod.newBuilder()
                .setMaxAds(ads == null ? 50 : ads)
                .setTotalMillis(total)
                .setMinAdMillis(parameters.millis("pod_min_ad"))
                .setMaxAdMillis(parameters.millis("pod_max_ad"))
                .build();
    }

    private @Nullable User user() {
        String id = parameters.text("user", LONGEST_USER);
        return id == null ? null : User.newBuilder().setId(id).build();
    }

    private Device device() {
        boolean six = call.client().indexOf(':') >= 0;
        return Device.newBuilder()
                .setId(parameters.text("device", "ifa", LONGEST_USER))
                .setIdType(parameters.text("ifa_type", 40))
                .setUserAgent(Browser.agent(call))
                .setIp(six ? null : call.client())
                .setIpv6(six ? InetAddress.ofLiteral(call.client()).getHostAddress() : null)
                .setGeo(geo())
                .setLimitAdTracking(parameters.flag("lmt"))
                .setDoNotTrack(Browser.doNotTrack(call))
                .setDeviceType(parameters.number("device_type", 1, 8))
                .setLanguage(Browser.language(call))
                .build();
    }

    private @Nullable Geo geo() {
        String country = parameters.text("country", 3);
        if (country == null) {
            return null;
        }
        boolean code = country.length() >= 2 && country.chars().allMatch(c -> c >= 'A' && c <= 'Z');
        parameters
                .faults()
                .require(code, "country", "is " + Lines.shown(country) + "; allowed is an ISO 3166-1 code such as DE");
        return Geo.newBuilder().setCountry(country).build();
    }

    private @Nullable Site site() {
        String page = parameters.text("page", "url", LONGEST_URL);
        String seen = page == null ? call.header("referer").orElse(null) : page;
        boolean inApp = parameters.has("app");
        return seen == null || inApp || seen.length() > LONGEST_URL
                ? null
                : Site.newBuilder()
                        .setPage(seen)
                        .setReferrer(parameters.text("ref", LONGEST_URL))
                        .build();
    }

    private @Nullable App app() {
        String bundle = parameters.text("app", LONGEST_ID);
        return bundle == null
                ? null
                : App.newBuilder()
                        .setBundle(bundle)
                        .setName(parameters.text("app_name", LONGEST_ID))
                        .setVersion(parameters.text("app_version", LONGEST_ID))
                        .setStoreUrl(parameters.text("store_url", LONGEST_URL))
                        .build();
    }

    private Consent consent() {
        return Consent.newBuilder()
                .setGdpr(parameters.flag("gdpr"))
                .setTcf(parameters.text("gdpr_consent", LONGEST_CONSENT))
                .setGpp(parameters.text("gpp", LONGEST_CONSENT))
                .setGppSections(parameters.numbers("gpp_sid"))
                .setUsPrivacy(parameters.text("us_privacy", 10))
                .setCoppa(parameters.flag("coppa"))
                .setAdditionalConsent(parameters.text("addtl_consent", LONGEST_CONSENT))
                .build();
    }

    /** The parameter's, else that of the first accepted media type that names one: {@code application/xml;version=4.1}. */
    private Optional<String> version() {
        Optional<String> named = parameters.optional("version", 8);
        return named.isPresent()
                ? known("version", named)
                : known("Accept version", call.header("accept").flatMap(TagRequest::accepted));
    }

    /** A version that nobody writes is a fault, not another version. */
    private Optional<String> known(String where, Optional<String> named) {
        Optional<String> written = named.flatMap(VastVersion::of).map(VastVersion::text);
        parameters
                .faults()
                .require(
                        named.isEmpty() || written.isPresent(),
                        where,
                        "is " + Lines.shown(named.orElse("")) + "; allowed is " + VastVersion.allowed());
        return written;
    }

    /** Of XML alone: other types have versions of their own. */
    private static Optional<String> accepted(String accept) {
        for (String range : accept.split(",")) {
            List<String> parts = List.of(range.split(";"));
            String type = parts.getFirst().strip().toLowerCase(Locale.ROOT);
            if (!DOCUMENTS.contains(type)) {
                continue;
            }
            for (String part : parts) {
                String[] pair = part.split("=", 2);
                if (pair.length == 2 && pair[0].strip().equalsIgnoreCase("version")) {
                    return Optional.of(pair[1].strip().replace("\"", ""));
                }
            }
        }
        return Optional.empty();
    }
}

package millrace.upstream.openrtb.request;

import java.util.List;
import millrace.schemas.Brand;
import millrace.schemas.UserAgentHints;
import millrace.session.SessionContext;
import millrace.upstream.openrtb.json.Shape;
import millrace.upstream.openrtb.model.BrandVersion;
import millrace.upstream.openrtb.model.Device;
import millrace.upstream.openrtb.model.UserAgent;
import org.jspecify.annotations.Nullable;

/** The device (OpenRTB 2.6, 3.2.18). */
final class DeviceObject {
    private static final Shape<Device> DEVICE = Shape.of(Device.class);
    private static final Shape<UserAgent> AGENT = Shape.of(UserAgent.class);
    private static final Shape<BrandVersion> BRAND = Shape.of(BrandVersion.class);
    /** What recognizes a device. */
    private static final List<String> IDS =
            List.of("ifa", "didsha1", "didmd5", "dpidsha1", "dpidmd5", "macsha1", "macmd5", "ext");

    private DeviceObject() {}

    static Device of(millrace.schemas.@Nullable Device device, SessionContext context, Privacy privacy) {
        millrace.schemas.Device known =
                device == null ? millrace.schemas.Device.newBuilder().build() : device;
        String seen = context.ip().orElse(null);
        boolean isSix = seen != null && seen.indexOf(':') >= 0;
        String four = known.getIp() == null && !isSix ? seen : known.getIp();
        String six = known.getIpv6() == null && isSix ? seen : known.getIpv6();
        return DEVICE.draft()
                .set("geo", Places.of(known.getGeo(), privacy))
                .set("dnt", known.getDoNotTrack())
                .set("lmt", known.getLimitAdTracking())
                .set("ua", context.userAgent().orElse(known.getUserAgent()))
                .set("sua", agent(known.getUserAgentHints()))
                .set("ip", privacy.address(four))
                .set("ipv6", privacy.address(six))
                .set("devicetype", known.getDeviceType())
                .set("make", known.getMake())
                .set("model", known.getModel())
                .set("os", known.getOs())
                .set("osv", known.getOsVersion())
                .set("hwv", known.getHardwareVersion())
                .set("h", known.getHeight())
                .set("w", known.getWidth())
                .set("ppi", known.getPpi())
                .set("pxratio", Written.decimal(known.getPixelRatio()))
                .set("js", known.getJavascript())
                .set("geofetch", known.getGeoFetch())
                .set("language", known.getLanguage())
                .set("langb", known.getLanguage() == null ? known.getLanguageBcp47() : null)
                .set("carrier", known.getCarrier())
                .set("mccmnc", known.getMccMnc())
                .set("connectiontype", known.getConnectionType())
                .set("ifa", privacy.mayIdentify() ? known.getId() : null)
                .set("ext", privacy.mayIdentify() ? Written.ext(known.getExt()) : null)
                .make();
    }

    /** The same with no more than may be told. */
    static @Nullable Device veiled(@Nullable Device device, Privacy privacy) {
        if (device == null || privacy.mayLocate()) {
            return device;
        }
        var veiled = DEVICE.draft(device).set("geo", Places.rough(device.geo(), privacy));
        if (privacy.mayIdentify()) {
            return veiled.make();
        }
        veiled.set("ip", privacy.address(device.ip())).set("ipv6", privacy.address(device.ipv6()));
        IDS.forEach(id -> veiled.set(id, null));
        return veiled.make();
    }

    private static @Nullable UserAgent agent(@Nullable UserAgentHints hints) {
        if (hints == null) {
            return null;
        }
        return AGENT.draft()
                .set(
                        "browsers",
                        Written.list(hints.getBrowsers().stream()
                                .map(DeviceObject::brand)
                                .toList()))
                .set("platform", hints.getPlatform() == null ? null : brand(hints.getPlatform()))
                .set("mobile", hints.getMobile())
                .set("architecture", hints.getArchitecture())
                .set("bitness", hints.getBitness())
                .set("model", hints.getModel())
                .set("source", hints.getSource())
                .make();
    }

    private static BrandVersion brand(Brand brand) {
        return BRAND.draft()
                .set("brand", brand.getBrand())
                .set("version", Written.list(brand.getVersion()))
                .make();
    }
}

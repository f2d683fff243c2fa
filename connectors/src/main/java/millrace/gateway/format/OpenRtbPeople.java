package millrace.gateway.format;

import static millrace.gateway.format.OpenRtbRequest.list;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import millrace.schemas.Consent;
import millrace.schemas.DataSegment;
import millrace.schemas.Device;
import millrace.schemas.ExtendedId;
import millrace.schemas.Geo;
import millrace.schemas.User;
import millrace.upstream.openrtb.model.Data;
import millrace.upstream.openrtb.model.EID;
import millrace.upstream.openrtb.model.Regs;
import millrace.upstream.openrtb.model.Segment;
import millrace.upstream.openrtb.model.UID;
import org.jspecify.annotations.Nullable;

/** Who sees the ad, on what, and what the law says of it (OpenRTB 2.6, 3.2.3 and 3.2.18 to 3.2.28). */
final class OpenRtbPeople {
    private OpenRtbPeople() {}

    static @Nullable User user(millrace.upstream.openrtb.model.@Nullable User user) {
        if (user == null) {
            return null;
        }
        return User.newBuilder()
                .setId(user.id())
                .setYearOfBirth(user.yob())
                .setGender(user.gender())
                .setKeywords(list(user.kwarray()))
                .setCustomData(user.customdata())
                .setGeo(geo(user.geo()))
                .setSegments(segments(list(user.data())))
                .setExtendedIds(ids(list(user.eids())))
                .setExt(user.ext() == null ? null : user.ext().text())
                .build();
    }

    static @Nullable Device device(millrace.upstream.openrtb.model.@Nullable Device device) {
        if (device == null) {
            return null;
        }
        return Device.newBuilder()
                .setId(device.ifa())
                .setUserAgent(device.ua())
                .setIp(device.ip())
                .setIpv6(device.ipv6())
                .setGeo(geo(device.geo()))
                .setDoNotTrack(device.dnt())
                .setLimitAdTracking(device.lmt())
                .setDeviceType(device.devicetype())
                .setMake(device.make())
                .setModel(device.model())
                .setHardwareVersion(device.hwv())
                .setOs(device.os())
                .setOsVersion(device.osv())
                .setHeight(device.h())
                .setWidth(device.w())
                .setPpi(device.ppi())
                .setPixelRatio(decimal(device.pxratio()))
                .setJavascript(device.js())
                .setGeoFetch(device.geofetch())
                .setLanguage(device.language())
                .setLanguageBcp47(device.langb())
                .setCarrier(device.carrier())
                .setMccMnc(device.mccmnc())
                .setConnectionType(device.connectiontype())
                .setExt(device.ext() == null ? null : device.ext().text())
                .build();
    }

    static @Nullable Consent consent(@Nullable Regs regs, millrace.upstream.openrtb.model.@Nullable User user) {
        if (regs == null && user == null) {
            return null;
        }
        Consent.Builder consent = Consent.newBuilder().setTcf(user == null ? null : user.consent());
        if (regs != null) {
            consent.setCoppa(regs.coppa())
                    .setGdpr(regs.gdpr())
                    .setUsPrivacy(regs.us_privacy())
                    .setGpp(regs.gpp())
                    .setGppSections(list(regs.gpp_sid()))
                    .setExt(regs.ext() == null ? null : regs.ext().text());
        }
        return consent.build();
    }

    private static @Nullable Geo geo(millrace.upstream.openrtb.model.@Nullable Geo geo) {
        if (geo == null) {
            return null;
        }
        return Geo.newBuilder()
                .setLat(decimal(geo.lat()))
                .setLon(decimal(geo.lon()))
                .setType(geo.type())
                .setAccuracy(geo.accuracy())
                .setLastFix(geo.lastfix())
                .setCountry(geo.country())
                .setRegion(geo.region())
                .setMetro(geo.metro())
                .setCity(geo.city())
                .setZip(geo.zip())
                .setUtcOffset(geo.utcoffset())
                .build();
    }

    private static List<DataSegment> segments(List<Data> data) {
        List<DataSegment> segments = new ArrayList<>();
        for (Data each : data) {
            for (Segment segment : list(each.segment())) {
                segments.add(DataSegment.newBuilder()
                        .setProvider(each.name() == null ? each.id() : each.name())
                        .setId(Objects.requireNonNullElse(segment.id(), ""))
                        .setName(segment.name())
                        .setValue(segment.value())
                        .build());
            }
        }
        return segments;
    }

    private static List<ExtendedId> ids(List<EID> eids) {
        List<ExtendedId> ids = new ArrayList<>();
        for (EID eid : eids) {
            for (UID uid : list(eid.uids())) {
                ids.add(ExtendedId.newBuilder()
                        .setSource(Objects.requireNonNullElse(eid.source(), ""))
                        .setId(Objects.requireNonNullElse(uid.id(), ""))
                        .setAgentType(uid.atype())
                        .setInserter(eid.inserter())
                        .setMatcher(eid.matcher())
                        .setMatchMethod(eid.mm())
                        .build());
            }
        }
        return ids;
    }

    private static @Nullable Double decimal(@Nullable BigDecimal value) {
        return value == null ? null : Double.valueOf(value.doubleValue());
    }
}

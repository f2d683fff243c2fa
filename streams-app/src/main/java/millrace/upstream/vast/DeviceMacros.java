package millrace.upstream.vast;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import millrace.schemas.AdRequest;
import millrace.schemas.Consent;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.session.SessionContext;

/**
 * What is told about the device. The advertising id is withheld when the platform limits tracking or the viewer is a
 * child under COPPA.
 */
record DeviceMacros(SessionContext context, AdRequest request) implements Macros {

    @Override
    public MacroValue valueOf(String name) {
        return switch (name) {
            case "DEVICEIP" -> MacroValue.of(ip());
            case "DEVICEUA" -> MacroValue.of(userAgent());
            case "IFA" -> mayIdentify() || deviceId().isEmpty() ? MacroValue.of(deviceId()) : new MacroValue.Withheld();
            case "IFATYPE" -> MacroValue.of(device(Device::getIdType));
            case "LIMITADTRACKING" -> MacroValue.of(device(Device::getLimitAdTracking));
            case "LATLONG" -> location();
            default -> new MacroValue.Foreign();
        };
    }

    Optional<String> ip() {
        return context.ip().or(() -> device(Device::getIp)).or(() -> device(Device::getIpv6));
    }

    Optional<String> userAgent() {
        return context.userAgent().or(() -> device(Device::getUserAgent));
    }

    Optional<String> deviceId() {
        return context.deviceId().or(() -> device(Device::getId));
    }

    Optional<String> language() {
        return device(Device::getLanguageBcp47).or(() -> device(Device::getLanguage));
    }

    /** Whether the device's id and place may be told to an upstream. */
    boolean mayIdentify() {
        return device(Device::getLimitAdTracking).orElse(0) != 1 && !isChild();
    }

    /** Whether the viewer is a child under COPPA, of whom no id is told. */
    boolean isChild() {
        return Optional.ofNullable(request.getConsent()).map(Consent::getCoppa).orElse(0) == 1;
    }

    private MacroValue location() {
        Optional<Geo> geo = device(Device::getGeo);
        Optional<Double> lat = geo.map(Geo::getLat);
        Optional<Double> lon = geo.map(Geo::getLon);
        if (lat.isEmpty() || lon.isEmpty()) {
            return new MacroValue.Unknown();
        }
        return mayIdentify() ? MacroValue.of(List.of(lat.get(), lon.get())) : new MacroValue.Withheld();
    }

    private <T> Optional<T> device(Function<Device, T> field) {
        return Optional.ofNullable(request.getDevice()).map(field);
    }
}

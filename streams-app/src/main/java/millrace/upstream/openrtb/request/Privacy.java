package millrace.upstream.openrtb.request;

import java.util.Base64;
import java.util.Optional;
import millrace.schemas.AdRequest;
import millrace.schemas.Consent;
import millrace.schemas.Device;
import org.jspecify.annotations.Nullable;

/**
 * What of a viewer may be told. Signals are passed on whatever they say; identifiers, exact places and whole addresses are not, where one of these
 * forbids it: COPPA, the device's own switch, an opt-out of sale (us_privacy), GDPR without a consent string or without consent to purpose 1.
 *
 * @param child under COPPA: nothing personal at all
 */
record Privacy(boolean child, boolean mayIdentify) {
    private static final int SALE_OPT_OUT = 2;
    /** Bit of the consent to purpose 1 in the core segment of a TCF 2 string. */
    private static final int PURPOSE_ONE = 152;

    private static final int TCF_VERSION_BITS = 6;

    static Privacy of(AdRequest request) {
        Optional<Consent> consent = Optional.ofNullable(request.getConsent());
        Optional<Device> device = Optional.ofNullable(request.getDevice());
        return of(
                consent.map(Consent::getCoppa).orElse(0) == 1,
                device.map(Device::getLimitAdTracking).orElse(0) == 1,
                consent.map(Consent::getUsPrivacy).orElse(""),
                consent.map(Consent::getGdpr).orElse(0) == 1,
                consent.map(Consent::getTcf).orElse(""));
    }

    static Privacy of(boolean child, boolean limited, String usPrivacy, boolean gdpr, String tcf) {
        boolean sold =
                usPrivacy.length() <= SALE_OPT_OUT || Character.toUpperCase(usPrivacy.charAt(SALE_OPT_OUT)) != 'Y';
        boolean consents = !gdpr || consentsToStorage(tcf);
        return new Privacy(child, !child && !limited && sold && consents);
    }

    /** Consent to store and to read on a device (TCF 2, purpose 1); a string that cannot be read is none. */
    private static boolean consentsToStorage(String tcf) {
        int dot = tcf.indexOf('.');
        byte[] core = decoded(dot < 0 ? tcf : tcf.substring(0, dot));
        return core.length > PURPOSE_ONE / Byte.SIZE
                && (core[0] & 0xFF) >> (Byte.SIZE - TCF_VERSION_BITS) == 2
                && (core[PURPOSE_ONE / Byte.SIZE] & (0x80 >> (PURPOSE_ONE % Byte.SIZE))) != 0;
    }

    private static byte[] decoded(String segment) {
        try {
            return Base64.getUrlDecoder().decode(segment);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** An address as far as it may be told: its network where nobody may be recognized. */
    @Nullable
    String address(@Nullable String ip) {
        return ip == null || mayIdentify ? ip : Network.of(ip).orElse(null);
    }
}

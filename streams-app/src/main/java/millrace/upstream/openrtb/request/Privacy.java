package millrace.upstream.openrtb.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.schemas.AdRequest;
import millrace.schemas.Consent;
import millrace.schemas.Device;
import millrace.upstream.openrtb.json.Json;
import millrace.upstream.openrtb.model.BidRequest;
import millrace.upstream.openrtb.model.Regs;
import org.jspecify.annotations.Nullable;

/**
 * What of a viewer may be told. Signals are passed on whatever they say; identifiers, exact places and whole addresses are not, where one of these
 * forbids it: COPPA, the device's own switch, an opt-out of sale (us_privacy, GPP, GPC), GDPR without a consent string or without consent to purpose 1.
 *
 * @param child under COPPA: nothing personal at all
 * @param mayLocate whether exactly where somebody is may be told
 * @param consents under GDPR: each must allow a vendor that is to be told who somebody is
 */
record Privacy(boolean child, boolean mayIdentify, boolean mayLocate, List<TcfConsent> consents) {
    /** For whom nothing may be told that somebody could be recognized by. */
    static final Privacy VEILED = new Privacy(false, false, false, List.of());

    private static final int EU = 2;

    Privacy {
        consents = List.copyOf(consents);
    }

    static Privacy of(AdRequest request) {
        Optional<Consent> consent = Optional.ofNullable(request.getConsent());
        Optional<Device> device = Optional.ofNullable(request.getDevice());
        return new Signals(
                        consent.map(Consent::getCoppa).orElse(0) == 1,
                        device.map(Device::getLimitAdTracking).orElse(0) == 1,
                        consent.map(Consent::getUsPrivacy).orElse(""),
                        consent.map(Consent::getGdpr).orElse(0) == 1,
                        consent.map(Consent::getTcf).orElse(""),
                        consent.map(Consent::getGpp).orElse(""),
                        consent.map(Consent::getGppSections).orElse(List.of()),
                        isControlled(Written.ext(consent.map(Consent::getExt).orElse(null))))
                .privacy();
    }

    static Privacy of(BidRequest raw) {
        Optional<Regs> regs = Optional.ofNullable(raw.regs());
        return new Signals(
                        regs.map(Regs::coppa).orElse(0) == 1,
                        raw.device() != null && isOne(raw.device().lmt()),
                        regs.map(Regs::us_privacy).orElse(""),
                        regs.map(Regs::gdpr).orElse(0) == 1,
                        raw.user() == null || raw.user().consent() == null
                                ? ""
                                : raw.user().consent(),
                        regs.map(Regs::gpp).orElse(""),
                        regs.map(Regs::gpp_sid).orElse(List.of()),
                        isControlled(regs.map(Regs::ext).orElse(null)))
                .privacy();
    }

    /** What either of them forbids is forbidden. */
    Privacy and(Privacy other) {
        List<TcfConsent> both = new ArrayList<>(consents);
        both.addAll(other.consents);
        return new Privacy(child || other.child, mayIdentify && other.mayIdentify, mayLocate && other.mayLocate, both);
    }

    /** An address as far as it may be told: its network where nobody may be recognized. */
    @Nullable
    String address(@Nullable String ip) {
        return ip == null || mayIdentify ? ip : Network.of(ip).orElse(null);
    }

    /** Global Privacy Control, as an extension of regs: a text or a number. */
    private static boolean isControlled(@Nullable Json ext) {
        return ext != null
                && ext.text().contains("gpc")
                && ext.tree().map(tree -> tree.path("gpc").asText().equals("1")).orElse(false);
    }

    private static boolean isOne(@Nullable Integer flag) {
        return flag != null && flag == 1;
    }

    private record Signals(
            boolean child,
            boolean limited,
            String usPrivacy,
            boolean gdpr,
            String tcf,
            String gpp,
            List<Integer> sections,
            boolean controlled) {

        Privacy privacy() {
            GppString platform = new GppString(gpp);
            boolean sellable = !controlled
                    && !UsPrivacy.isOptOut(usPrivacy)
                    && platform.verdict(sections) == GppString.Verdict.ALLOWS;
            List<TcfConsent> consents = consents(platform);
            boolean consented = consents.stream().allMatch(TcfConsent::allowsStorage);
            boolean mayIdentify = !child && !limited && sellable && consented;
            return new Privacy(
                    child,
                    mayIdentify,
                    mayIdentify && consents.stream().allMatch(TcfConsent::allowsPrecisePlaces),
                    consents);
        }

        /** Every string that must allow it, where GDPR applies; one that allows nothing where there is none. */
        private List<TcfConsent> consents(GppString platform) {
            Optional<TcfConsent> eu = platform.eu();
            boolean applies = gdpr || sections.contains(EU) || (sections.isEmpty() && eu.isPresent());
            if (!applies) {
                return List.of();
            }
            List<TcfConsent> consents = new ArrayList<>();
            eu.ifPresent(consents::add);
            if (consents.isEmpty() || !tcf.isEmpty()) {
                consents.add(TcfConsent.of(tcf));
            }
            return consents;
        }
    }
}

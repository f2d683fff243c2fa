package millrace.upstream.openrtb.request;

/** The US privacy string of IAB Tech Lab: version, notice, opt-out of sale, covered by the LSPA. */
final class UsPrivacy {
    private static final int OPT_OUT = 2;

    private UsPrivacy() {}

    static boolean isOptOut(String text) {
        return text.length() > OPT_OUT && Character.toUpperCase(text.charAt(OPT_OUT)) == 'Y';
    }
}

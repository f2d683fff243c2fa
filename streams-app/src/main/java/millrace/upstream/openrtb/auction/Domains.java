package millrace.upstream.openrtb.auction;

import java.util.Locale;
import java.util.Set;

/** Domains of advertisers. A name on a list stands for itself and all below it: {@code adv.example} for {@code www.adv.example}, not for {@code notadv.example}. */
final class Domains {
    private Domains() {}

    /** @param listed in lower case */
    static boolean isListed(String domain, Set<String> listed) {
        String name = domain.toLowerCase(Locale.ROOT);
        while (true) {
            if (listed.contains(name)) {
                return true;
            }
            int dot = name.indexOf('.');
            if (dot < 0) {
                return false;
            }
            name = name.substring(dot + 1);
        }
    }
}

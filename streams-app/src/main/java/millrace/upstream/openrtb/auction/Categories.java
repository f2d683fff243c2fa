package millrace.upstream.openrtb.auction;

import java.util.Set;

/** Content categories. In taxonomy 1 a code names its parent before the dash: {@code IAB25} is the parent of {@code IAB25-3}. */
final class Categories {
    static final int USUAL_TAXONOMY = 1;

    private Categories() {}

    static boolean isListed(String category, int taxonomy, Set<String> listed) {
        if (listed.contains(category)) {
            return true;
        }
        int dash = taxonomy == USUAL_TAXONOMY ? category.indexOf('-') : -1;
        return dash > 0 && listed.contains(category.substring(0, dash));
    }
}

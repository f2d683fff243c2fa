package millrace.upstream.vast.document;

import java.util.ArrayList;
import java.util.List;

/**
 * Codes of content categories (VAST 4.3, 3.4.5 and 3.19.2); one code a Category, several in BlockedAdCategories.
 *
 * @param authority who defines the codes
 * @param value as written
 */
public record Category(String authority, String value) {

    /** The codes of all, one by one: live documents put several in one element, with commas between. */
    public static List<String> codes(List<Category> categories) {
        List<String> codes = new ArrayList<>();
        categories.forEach(category -> category.addCodes(codes));
        return codes;
    }

    private void addCodes(List<String> codes) {
        int begin = 0;
        while (begin <= value.length()) {
            int comma = value.indexOf(',', begin);
            int end = comma < 0 ? value.length() : comma;
            String code = value.substring(begin, end).strip();
            if (!code.isEmpty()) {
                codes.add(code);
            }
            begin = end + 1;
        }
    }
}

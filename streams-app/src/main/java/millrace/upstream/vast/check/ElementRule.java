package millrace.upstream.vast.check;

import java.util.Map;

/**
 * What an element may have.
 *
 * @param attributes by name
 * @param children by name
 * @param content of its text
 */
record ElementRule(Map<String, Occurs> attributes, Map<String, Occurs> children, Content content) {

    /** How often, and from which version on. */
    record Occurs(Need need, boolean repeats, int sinceVersion) {}

    enum Need {
        OPTIONAL,
        REQUIRED,
        /** Required in an InLine, not in a Wrapper. */
        REQUIRED_IN_INLINE
    }

    ElementRule {
        attributes = Map.copyOf(attributes);
        children = Map.copyOf(children);
    }
}

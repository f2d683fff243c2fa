package millrace.catalog;

import java.util.Optional;

/** How we say who we are. No secret of it is ever printed. */
public sealed interface Auth {

    /** Not at all, or by a header of the upstream's own. */
    record None() implements Auth {}

    /** User and password with every call (RFC 7617). */
    record Basic(String user, String password) implements Auth {
        @Override
        public String toString() {
            return "Basic[user=" + user + "]";
        }
    }

    /** A token that we fetch and renew: OAuth 2.0 client credentials (RFC 6749, 4.4). */
    record OAuth2(String tokenUrl, String clientId, String clientSecret, Optional<String> scope) implements Auth {
        @Override
        public String toString() {
            return "OAuth2[clientId=" + clientId + "]";
        }
    }
}

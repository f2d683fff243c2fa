package millrace.catalog;

import java.util.Optional;
import millrace.check.Faults;
import millrace.schemas.BasicCredentials;
import millrace.schemas.ClientCredentials;
import millrace.schemas.Upstream;

/** What a record says of how an upstream knows us: checked, then read. No message shows a secret. */
final class AuthReader {
    private static final int MAX_SECRET = 1_024;
    private static final int MAX_TEXT = 256;

    private AuthReader() {}

    static void check(Upstream from, Faults faults) {
        boolean own = from.getHeaders().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
        int ways = (own ? 1 : 0) + (from.getBasic() == null ? 0 : 1) + (from.getOauth2() == null ? 0 : 1);
        faults.require(
                ways <= 1,
                from.getOauth2() == null ? "basic" : "oauth2",
                "is there, and it is not the only one of basic, oauth2 and headers.Authorization");
        Optional.ofNullable(from.getBasic()).ifPresent(basic -> check(basic, faults.in("basic")));
        Optional.ofNullable(from.getOauth2()).ifPresent(client -> check(client, faults.in("oauth2")));
    }

    private static void check(BasicCredentials basic, Faults faults) {
        Words words = new Words(faults);
        words.text("user", basic.getUser(), MAX_TEXT);
        faults.require(!basic.getUser().contains(":"), "user", "has a colon; none is allowed (RFC 7617)");
        secret("password", basic.getPassword(), faults);
    }

    private static void check(ClientCredentials client, Faults faults) {
        Words words = new Words(faults);
        words.url("tokenUrl", client.getTokenUrl());
        words.text("clientId", client.getClientId(), MAX_TEXT);
        secret("clientSecret", client.getClientSecret(), faults);
        Optional.ofNullable(client.getScope()).ifPresent(scope -> words.text("scope", scope, MAX_TEXT));
    }

    private static void secret(String where, String secret, Faults faults) {
        faults.require(
                !secret.isEmpty()
                        && secret.length() <= MAX_SECRET
                        && secret.chars().noneMatch(Character::isISOControl),
                where,
                "is empty, longer than " + MAX_SECRET + " characters or has control characters");
    }

    /** Of an upstream without a fault. */
    static Auth auth(Upstream from) {
        BasicCredentials basic = from.getBasic();
        if (basic != null) {
            return new Auth.Basic(basic.getUser(), basic.getPassword());
        }
        ClientCredentials client = from.getOauth2();
        return client == null
                ? new Auth.None()
                : new Auth.OAuth2(
                        client.getTokenUrl(),
                        client.getClientId(),
                        client.getClientSecret(),
                        Optional.ofNullable(client.getScope()));
    }
}

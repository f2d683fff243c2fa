package millrace.upstream.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import millrace.upstream.UpstreamFailure;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;

/** What an exception of the client means. Names the host, never a URL: its query may carry ids. */
final class Faults {
    private Faults() {}

    static UpstreamFailure read(String host, Exception cause) {
        return switch (cause) {
            case BoundedBody.TooLarge e -> new UpstreamFailure.Malformed(host + ": " + e.getMessage());
            case MessageConstraintException e -> new UpstreamFailure.Malformed(host + ": header is too large");
            case ConnectTimeoutException e -> new UpstreamFailure.Unreachable(host + ": no connection in time");
            case ConnectException e -> new UpstreamFailure.Unreachable(host + ": connection refused");
            case UnknownHostException e -> new UpstreamFailure.Refused(host + ": no permitted address");
            case SSLException e -> new UpstreamFailure.Unreachable(host + ": TLS failed");
            case HttpException e -> new UpstreamFailure.Malformed(host + ": not a valid HTTP answer");
            case IOException e -> new UpstreamFailure.Unreachable(host + ": connection broke");
            default ->
                new UpstreamFailure.Unreachable(host + ": " + cause.getClass().getSimpleName());
        };
    }
}

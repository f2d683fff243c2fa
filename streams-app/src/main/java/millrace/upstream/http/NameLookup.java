package millrace.upstream.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Asks for the addresses of a host. May block for as long as it likes: only the room's name threads call it. */
@FunctionalInterface
public interface NameLookup {
    /** The system's resolver. */
    NameLookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    List<InetAddress> lookup(String host) throws UnknownHostException;
}

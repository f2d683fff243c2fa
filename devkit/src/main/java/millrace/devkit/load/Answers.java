package millrace.devkit.load;

import java.util.Optional;

/** Reads what came back. */
interface Answers {

    /** Empty if it is no answer to a request of this load. */
    Optional<Answer> decode(byte[] bytes);
}

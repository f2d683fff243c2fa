package millrace.budget;

import millrace.schemas.GrantVerdict;
import org.apache.kafka.common.errors.SerializationException;

/** One byte for a verdict in the stores; fixed here so that the schema may reorder its symbols. */
final class VerdictCode {
    private VerdictCode() {}

    static byte of(GrantVerdict verdict) {
        return switch (verdict) {
            case GRANTED -> 0;
            case LEASED_OUT -> 1;
            case EXHAUSTED -> 2;
            case REFUSED -> 3;
            case PACED -> 4;
        };
    }

    static GrantVerdict verdict(byte code) {
        return switch (code) {
            case 0 -> GrantVerdict.GRANTED;
            case 1 -> GrantVerdict.LEASED_OUT;
            case 2 -> GrantVerdict.EXHAUSTED;
            case 3 -> GrantVerdict.REFUSED;
            case 4 -> GrantVerdict.PACED;
            default -> throw new SerializationException("verdict code is " + code + "; allowed is 0 to 4");
        };
    }
}

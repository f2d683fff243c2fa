package millrace.wire;

/**
 * What one record may cost to read, so that a few hostile bytes cannot cost much.
 *
 * @param recordBytes longest record, header included
 * @param items most array and map items in the whole record, skipped ones included. They need a bound of their own since an item can
 *     take no bytes at all (a null)
 */
public record WireLimits(int recordBytes, int items) {

    /** 1 MiB and 100,000 items. */
    public static final WireLimits DEFAULT = new WireLimits(1 << 20, 100_000);

    public WireLimits {
        if (recordBytes <= WireFormat.HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "record limit is " + recordBytes + " bytes, must be more than the header's 5");
        }
        if (items < 1) {
            throw new IllegalArgumentException("item limit is " + items + ", must be at least 1");
        }
    }
}

package millrace.upstream.vast.document;

/**
 * What an advertiser pays, as the document says it (VAST 4.3, 3.4.8).
 *
 * @param model {@code CPM}, {@code CPC}, {@code CPE}, {@code CPV}, as written
 * @param currency ISO 4217, as written
 * @param value a decimal number, as written
 */
public record Pricing(String model, String currency, String value) {}

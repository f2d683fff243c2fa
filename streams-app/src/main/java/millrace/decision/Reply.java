package millrace.decision;

import millrace.intake.ReplyTarget;
import millrace.schemas.AdResponse;

/**
 * An answer and where it goes. A sink's partitioner sees the value but no headers, so the value says it; only the answer is
 * written.
 */
public record Reply(ReplyTarget target, AdResponse answer) {}

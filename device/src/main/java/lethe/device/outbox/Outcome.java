package lethe.device.outbox;

import lethe.core.protocol.Problem;
import lethe.core.receipt.ReceiptState;
import lethe.device.sms.SmsResult;

/** How a message ended, once and for all. */
public sealed interface Outcome {
    /** The word for it, for example {@code delivered}, {@code refused}, {@code sms_sent}. */
    String word();

    /** By a receipt, or by this phone in the same sense, if no broker ever saw it. */
    record Receipted(ReceiptState state) implements Outcome {
        public Receipted {
            if (!state.isTerminal()) {
                throw new IllegalArgumentException("a terminal state ends a message");
            }
        }

        @Override
        public String word() {
            return state.word();
        }
    }

    /** The broker will never take it. */
    record Refused(Problem problem) implements Outcome {
        @Override
        public String word() {
            return "refused";
        }
    }

    /** It did not go over IP; this phone's modem got it. */
    record BySms(SmsResult result) implements Outcome {
        @Override
        public String word() {
            return result.word();
        }
    }

    /** The owner opted out before it ended: this phone no longer follows it. */
    record Abandoned() implements Outcome {
        @Override
        public String word() {
            return "abandoned";
        }
    }
}

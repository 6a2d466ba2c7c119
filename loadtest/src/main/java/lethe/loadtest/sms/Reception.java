package lethe.loadtest.sms;

/** What the network, the recipient's or the sender's, is like around a deadline. */
enum Reception {
    /** Good all the time. */
    GOOD,
    /** The recipient has none until well after the deadline. */
    NONE,
    /** The recipient has it again just before the deadline. */
    BACK_BEFORE,
    /** The recipient has it again at the deadline, as far as anybody can tell. */
    BACK_AT,
    /** The recipient has it when the messages are sent, and loses it. */
    LOST,
    /** The recipient loses it and has it again, several times, across the deadline. */
    FLICKERING,
    /** The recipient's application does not come to the end of a message before just before the deadline. */
    BUSY_BEFORE,
    /** The recipient's application does not come to the end of a message before just after the deadline. */
    BUSY_AFTER,
    /** The sender has none until about the deadline. */
    SENDER_AWAY
}

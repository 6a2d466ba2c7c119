package lethe.device.sms;

/** What an SMS is that has arrived. */
public enum SmsArrival {
    /** It stands for no letter, as far as it says. */
    UNMARKED,
    /** It stands for a letter that has not come, or gives notice of one: it is shown. */
    FIRST,
    /** The letter that it stands for has come, or the same SMS has: it is not shown. */
    DUPLICATE
}

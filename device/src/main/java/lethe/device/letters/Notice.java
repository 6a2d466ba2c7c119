package lethe.device.letters;

import lethe.core.identity.Tag;

/** What the owner shall know of the accounts behind addresses. */
public sealed interface Notice {
    /**
     * Somebody's address belongs to another account now: a new phone, or another person.
     *
     * @param held whether letters wait until the owner has agreed, because the old account had been verified
     */
    record AccountChanged(Tag of, boolean held) implements Notice {
        @Override
        public String toString() {
            return "AccountChanged[held=" + held + "]";
        }
    }

    /** The broker shows what the account of an address has not signed, or not any more. Nothing is sealed to that. */
    record NotBelieved(Tag of, Why why) implements Notice {
        @Override
        public String toString() {
            return "NotBelieved[" + why + "]";
        }
    }

    /** Something came that cannot be opened; its sender hears so. */
    record Unopenable(lethe.seal.Opening.Reason reason) implements Notice {}

    /** What is wrong. */
    enum Why {
        /** The account has not signed its list of devices. */
        FORGED,
        /** The account has had a later list. */
        OLDER_LIST,
        /** The account has signed two lists with one version. */
        TWO_LISTS,
        /** This phone's own account is shown with another key. */
        OTHER_ACCOUNT,
        /** This phone is not on its own account's list. */
        NOT_LISTED,
        /** A prekey is not its device's, or of no device. */
        FORGED_PREKEY
    }
}

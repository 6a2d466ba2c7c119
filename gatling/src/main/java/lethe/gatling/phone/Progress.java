package lethe.gatling.phone;

/** How far a phone has come. It only goes on. */
public enum Progress {
    OFF,
    /** It has been connected. */
    CONNECTED,
    /** It sends no more, and the broker has answered for all that it sent. */
    SAID_ALL,
    /** It knows how all that it sent has ended. */
    HEARD_ALL,
    /** It has done what it had to do, and left. */
    DONE
}

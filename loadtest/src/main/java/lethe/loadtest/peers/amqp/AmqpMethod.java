package lethe.loadtest.peers.amqp;

/** The methods of AMQP 0-9-1 that occur here, as they stand in a frame: class and method, two bytes each. */
final class AmqpMethod {
    static final int START = (10 << 16) | 10;
    static final int START_OK = (10 << 16) | 11;
    static final int TUNE = (10 << 16) | 30;
    static final int TUNE_OK = (10 << 16) | 31;
    static final int OPEN = (10 << 16) | 40;
    static final int OPEN_OK = (10 << 16) | 41;
    static final int CLOSE = (10 << 16) | 50;
    static final int CHANNEL_OPEN = (20 << 16) | 10;
    static final int CHANNEL_OPEN_OK = (20 << 16) | 11;
    static final int CHANNEL_CLOSE = (20 << 16) | 40;
    static final int QUEUE_DECLARE = (50 << 16) | 10;
    static final int QUEUE_DECLARE_OK = (50 << 16) | 11;
    static final int CONSUME = (60 << 16) | 20;
    static final int CONSUME_OK = (60 << 16) | 21;
    static final int PUBLISH = (60 << 16) | 40;
    static final int DELIVER = (60 << 16) | 60;
    static final int ACK = (60 << 16) | 80;
    static final int NACK = (60 << 16) | 120;
    static final int CONFIRM_SELECT = (85 << 16) | 10;
    static final int CONFIRM_SELECT_OK = (85 << 16) | 11;

    private AmqpMethod() {}
}

package lethe.wire;

import static lethe.wire.Formats.BYTES_32;
import static lethe.wire.Formats.INT;
import static lethe.wire.Formats.word;

import lethe.core.block.ReportReason;
import lethe.core.protocol.Bodies.BlockCount;
import lethe.core.protocol.Bodies.Report;

/** What is said of senders who are not wanted, as it is on the wire. Keys are never given anew. */
final class BlockShapes {
    private static final Format<ReportReason> REASON = word(ReportReason.values(), ReportReason::word);

    private BlockShapes() {}

    static Shape<BlockCount> blockCount() {
        var fields = Shape.fieldsOf(BlockCount.class);
        var blocked = fields.required(1, "blocked", INT, BlockCount::blocked);
        var most = fields.required(2, "most", INT, BlockCount::most);
        return fields.make(values -> new BlockCount(values.get(blocked), values.get(most)));
    }

    static Shape<Report> report() {
        var fields = Shape.fieldsOf(Report.class);
        var reason = fields.required(1, "reason", REASON, Report::reason);
        var proof = fields.required(2, "proof", BYTES_32, Report::proof);
        return fields.make(values -> new Report(values.get(reason), values.get(proof)));
    }
}

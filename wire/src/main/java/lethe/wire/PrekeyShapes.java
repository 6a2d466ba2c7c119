package lethe.wire;

import static java.util.Map.entry;
import static lethe.wire.Formats.DEVICE_ID;
import static lethe.wire.Formats.DEVICE_KEY;
import static lethe.wire.Formats.FLAG;
import static lethe.wire.Formats.INT;
import static lethe.wire.Formats.PREKEY_BODY;
import static lethe.wire.Formats.PREKEY_ID;
import static lethe.wire.Formats.SUITE;
import static lethe.wire.Formats.SUITES;
import static lethe.wire.Formats.listOf;

import java.util.Map;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.PrekeyBodies.Bundle;
import lethe.core.protocol.PrekeyBodies.BundleRequest;
import lethe.core.protocol.PrekeyBodies.BundledPrekey;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;
import lethe.core.protocol.PrekeyBodies.SuitePrekeys;

/** The bodies about prekeys as they are on the wire. Keys are never given anew. */
final class PrekeyShapes {
    private static final Shape<Prekey> PREKEY = prekey();
    private static final Shape<SuitePrekeys> SUITE_PREKEYS = suitePrekeys();
    private static final Shape<BundledPrekey> BUNDLED = bundled();
    static final Shape<PrekeysLeft> LEFT = left();

    static final Map<Class<?>, Shape<?>> ALL = Map.ofEntries(
            entry(Prekey.class, PREKEY),
            entry(PrekeyBatch.class, batch()),
            entry(SuitePrekeys.class, SUITE_PREKEYS),
            entry(PrekeysLeft.class, LEFT),
            entry(BundleRequest.class, request()),
            entry(BundledPrekey.class, BUNDLED),
            entry(Bundle.class, bundle()));

    private PrekeyShapes() {}

    private static Shape<Prekey> prekey() {
        var fields = Shape.fieldsOf(Prekey.class);
        var suite = fields.required(1, "suite", SUITE, Prekey::suite);
        var id = fields.required(2, "id", PREKEY_ID, Prekey::id);
        var body = fields.required(3, "body", PREKEY_BODY, Prekey::body);
        return fields.make(values -> new Prekey(values.get(suite), values.get(id), values.get(body)));
    }

    private static Shape<PrekeyBatch> batch() {
        var fields = Shape.fieldsOf(PrekeyBatch.class);
        var oneTime = fields.list(1, "one_time", listOf(PREKEY), PrekeyBatch::oneTime);
        var lastResort = fields.list(2, "last_resort", listOf(PREKEY), PrekeyBatch::lastResort);
        return fields.make(values -> new PrekeyBatch(values.get(oneTime), values.get(lastResort)));
    }

    private static Shape<SuitePrekeys> suitePrekeys() {
        var fields = Shape.fieldsOf(SuitePrekeys.class);
        var suite = fields.required(1, "suite", SUITE, SuitePrekeys::suite);
        var oneTime = fields.required(2, "one_time", INT, SuitePrekeys::oneTime);
        var lastResort = fields.required(3, "last_resort", FLAG, SuitePrekeys::lastResort);
        return fields.make(values -> new SuitePrekeys(values.get(suite), values.get(oneTime), values.get(lastResort)));
    }

    private static Shape<PrekeysLeft> left() {
        var fields = Shape.fieldsOf(PrekeysLeft.class);
        var oneTime = fields.required(1, "one_time", INT, PrekeysLeft::oneTime);
        var low = fields.required(2, "low", FLAG, PrekeysLeft::low);
        var highest = fields.optional(3, "highest", PREKEY_ID, PrekeysLeft::highest);
        var suites = fields.required(4, "suites", listOf(SUITE_PREKEYS), PrekeysLeft::suites);
        return fields.make(values ->
                new PrekeysLeft(values.get(oneTime), values.get(low), values.find(highest), values.get(suites)));
    }

    private static Shape<BundleRequest> request() {
        var fields = Shape.fieldsOf(BundleRequest.class);
        var suites = fields.required(1, "suites", SUITES, BundleRequest::suites);
        return fields.make(values -> new BundleRequest(values.get(suites)));
    }

    private static Shape<BundledPrekey> bundled() {
        var fields = Shape.fieldsOf(BundledPrekey.class);
        var device = fields.required(1, "device", DEVICE_ID, BundledPrekey::device);
        var lastResort = fields.required(2, "last_resort", FLAG, BundledPrekey::lastResort);
        var prekey = fields.required(3, "prekey", PREKEY, BundledPrekey::prekey);
        return fields.make(values -> new BundledPrekey(values.get(device), values.get(lastResort), values.get(prekey)));
    }

    private static Shape<Bundle> bundle() {
        var fields = Shape.fieldsOf(Bundle.class);
        var account = fields.required(1, "account", DEVICE_KEY, Bundle::account);
        var list = fields.required(2, "list", AccountShapes.LIST, Bundle::list);
        var prekeys = fields.required(3, "prekeys", listOf(BUNDLED), Bundle::prekeys);
        return fields.make(values -> new Bundle(values.get(account), values.get(list), values.get(prekeys)));
    }
}

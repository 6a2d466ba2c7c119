package lethe.device.store;

class FileLedgerTest extends FileLedgerContract {
    @Override
    void prepare() {}

    @Override
    FileLedger open(Durability durability) {
        return FileLedger.open(file, durability);
    }

    @Override
    int overhead() {
        return 0;
    }

    @Override
    void restoreKeys() {}
}

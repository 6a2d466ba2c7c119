package lethe.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.Samples;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceListTest {
    private final Random random = new Random(1);
    private final Tag tag = Samples.tag(random);
    private final Device phone = Samples.device(random);
    private final Device tablet = Samples.device(random);
    private KeyPair keys;
    private DeviceKey account;

    @BeforeEach
    void givenAnAccount() throws GeneralSecurityException {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        account = DeviceKey.of(keys.getPublic());
    }

    private DeviceList signed(long version, Device... devices) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(DeviceList.statement(tag, account, version, List.of(devices)));
        return new DeviceList(version, List.of(devices), Opaque.wrap(signer.sign()));
    }

    @Test
    void holdsForItsAddressAndAccount() throws GeneralSecurityException {
        assertThat(signed(1, phone, tablet).isSignedBy(account, tag)).isTrue();
    }

    @Test
    void holdsForNothingElse() throws GeneralSecurityException {
        DeviceList list = signed(2, phone, tablet);
        Device rekeyed = new Device(phone.id(), tablet.key());

        assertThat(list.isSignedBy(account, Samples.tag(random))).isFalse();
        assertThat(list.isSignedBy(phone.key(), tag)).isFalse();
        assertThat(Stream.of(
                        new DeviceList(3, list.devices(), list.signature()),
                        new DeviceList(2, List.of(phone), list.signature()),
                        new DeviceList(2, List.of(tablet, phone), list.signature()),
                        new DeviceList(2, List.of(rekeyed, tablet), list.signature()),
                        new DeviceList(2, list.devices(), Samples.opaque(random, 64))))
                .noneMatch(changed -> changed.isSignedBy(account, tag));
    }

    @Test
    void findsADeviceByIdAndKnowsItByItsKey() throws GeneralSecurityException {
        DeviceList list = signed(1, phone);

        assertThat(list.find(phone.id())).contains(phone);
        assertThat(list.find(tablet.id())).isEmpty();
        assertThat(list.contains(new Device(phone.id(), tablet.key()))).isFalse();
    }

    @Test
    void hasAVersionAndOneToTenDevicesEachOnce() {
        Opaque signature = Samples.opaque(random, 64);
        List<Device> eleven =
                Stream.generate(() -> Samples.device(random)).limit(11).toList();

        assertThatThrownBy(() -> new DeviceList(0, List.of(phone), signature))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceList(1, List.of(), signature)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceList(1, eleven, signature)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceList(1, Collections.nCopies(2, phone), signature))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

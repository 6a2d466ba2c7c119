package lethe.registrar.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lethe.registrar.sms.CentreSettings;

/**
 * What an operator says of a gateway.
 *
 * @param centres by name
 * @param mostParts of an SMS
 * @param grace how long after an SMS has expired a centre's word of it may come
 */
record GatewaySettings(
        Map<String, CentreSettings> centres,
        List<Route> routes,
        Notices notices,
        Traffic.Costs costs,
        Suspicion suspicion,
        int mostParts,
        Duration grace) {
    GatewaySettings {
        centres = Map.copyOf(centres);
        routes = List.copyOf(routes);
    }

    @Override
    public String toString() {
        return "GatewaySettings[***]";
    }
}

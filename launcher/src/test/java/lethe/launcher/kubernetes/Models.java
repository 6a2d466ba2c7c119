package lethe.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Kubernetes knows of its objects, from the models of its Java client: their fields, the types of these, and which
 * must be there. Of others, what we use of them, taken from their definitions by hand.
 */
final class Models {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";
    private static final Pattern QUANTITY = Pattern.compile("[0-9]+(\\.[0-9]+)?(m|k|[MGTPE]|[KMGTPE]i)?");
    private static final Map<String, String> VERSIONS = Map.ofEntries(
            Map.entry("Namespace", "v1"),
            Map.entry("ServiceAccount", "v1"),
            Map.entry("Service", "v1"),
            Map.entry("ConfigMap", "v1"),
            Map.entry("Role", "rbac.authorization.k8s.io/v1"),
            Map.entry("RoleBinding", "rbac.authorization.k8s.io/v1"),
            Map.entry("Deployment", "apps/v1"),
            Map.entry("StatefulSet", "apps/v1"),
            Map.entry("PodDisruptionBudget", "policy/v1"),
            Map.entry("NetworkPolicy", "networking.k8s.io/v1"),
            Map.entry("HorizontalPodAutoscaler", "autoscaling/v2"),
            Map.entry("Certificate", "cert-manager.io/v1"),
            Map.entry("Issuer", "cert-manager.io/v1"),
            Map.entry("PodMonitor", "monitoring.coreos.com/v1"),
            Map.entry("PrometheusRule", "monitoring.coreos.com/v1"),
            Map.entry("K8ssandraCluster", "k8ssandra.io/v1alpha1"));

    private final List<String> problems = new ArrayList<>();

    private Models() {}

    /** What is wrong with an object; empty if nothing is. */
    static List<String> problems(Manifest manifest) {
        List<String> problems = fields(manifest);
        if (problems.isEmpty()) {
            model(manifest).flatMap(model -> missing(manifest, model)).ifPresent(problems::add);
        }
        return problems;
    }

    /** What is wrong with the fields that are there: of a patch, which need not have all. */
    static List<String> fields(Manifest manifest) {
        Models check = new Models();
        String version = VERSIONS.get(manifest.kind());
        if (version == null || !version.equals(manifest.apiVersion())) {
            check.problems.add("no " + manifest.kind() + " of " + manifest.apiVersion());
            return check.problems;
        }
        Optional<Class<?>> model = model(manifest);
        if (model.isPresent()) {
            check.walk("", manifest.object(), model.get());
        } else {
            CustomFields.unknown(manifest).forEach(check.problems::add);
        }
        return check.problems;
    }

    private static Optional<Class<?>> model(Manifest manifest) {
        String version = manifest.apiVersion().replaceFirst(".*/", "");
        try {
            return Optional.of(Class.forName(MODELS + version.replaceFirst("v", "V") + manifest.kind()));
        } catch (ClassNotFoundException custom) {
            return Optional.empty();
        }
    }

    private static Optional<String> missing(Manifest manifest, Class<?> model) {
        try {
            model.getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(manifest.object().toString()));
            return Optional.empty();
        } catch (InvocationTargetException found) {
            return Optional.of(String.valueOf(found.getTargetException().getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void walk(String path, JsonNode node, Type type) {
        if (type instanceof ParameterizedType generic) {
            elements(path, node, generic);
        } else if (type instanceof Class<?> model && model.getName().startsWith(MODELS)) {
            object(path, node, model);
        } else if (!fits(node, (Class<?>) type)) {
            problems.add(path + " is no " + ((Class<?>) type).getSimpleName());
        }
    }

    private void elements(String path, JsonNode node, ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        boolean list = arguments.length == 1;
        if (list ? !node.isArray() : !node.isObject()) {
            problems.add(path + (list ? " is no list" : " is no map"));
            return;
        }
        node.forEach(element -> walk(path + (list ? "[]" : ".*"), element, arguments[arguments.length - 1]));
    }

    private void object(String path, JsonNode node, Class<?> model) {
        if (!node.isObject()) {
            problems.add(path + " is no object");
            return;
        }
        Map<String, Type> known = known(model);
        node.properties().forEach(property -> {
            String inner = path + "." + property.getKey();
            Type type = known.get(property.getKey());
            if (type == null) {
                problems.add(inner + " is not known");
            } else {
                walk(inner, property.getValue(), type);
            }
        });
    }

    private static Map<String, Type> known(Class<?> model) {
        Map<String, Type> known = new HashMap<>();
        for (Field field : model.getDeclaredFields()) {
            SerializedName name = field.getAnnotation(SerializedName.class);
            if (name != null) {
                known.put(name.value(), field.getGenericType());
            }
        }
        return known;
    }

    private static boolean fits(JsonNode node, Class<?> type) {
        return switch (type.getSimpleName()) {
            case "Integer", "Long" -> node.isIntegralNumber();
            case "Boolean" -> node.isBoolean();
            case "IntOrString" -> node.isIntegralNumber() || node.isTextual();
            case "Quantity" -> QUANTITY.matcher(node.asText()).matches();
            case "Object" -> true;
            default -> node.isTextual();
        };
    }
}

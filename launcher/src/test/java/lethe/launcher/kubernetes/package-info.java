/** The manifests below {@code k8s} and the image, held against Kubernetes' own models and against the programs. */
@NullMarked
package lethe.launcher.kubernetes;

import org.jspecify.annotations.NullMarked;

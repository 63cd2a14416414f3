import type { ServiceTaskSpecContainerSpecMounts } from "@cdktf/provider-docker/lib/service";
import type { SwarmServiceProps } from "./swarm-service-props";

type MountProps = Pick<SwarmServiceProps, "image" | "volumes" | "bindMounts" | "tmpfs">;

/**
 * The folders that a service writes and may forget: those its image is known to write, unless a
 * volume is there, and those it names itself.
 */
export function tmpfsOf({ image, volumes = [], tmpfs = [] }: MountProps): readonly string[] {
  const ofImage = image.writablePaths === "anywhere" ? [] : image.writablePaths;
  const written = ofImage.filter((path) => !volumes.some((volume) => volume.path === path));
  return [...new Set([...written, ...tmpfs])];
}

/**
 * A service's volumes, parts of the node and scratch folders in the provider's terms.
 *
 * @param serviceName begins the names of the volumes
 */
export function mountsOf(serviceName: string, props: MountProps): ServiceTaskSpecContainerSpecMounts[] {
  const { volumes = [], bindMounts = [] } = props;
  return [
    ...volumes.map(({ name, path }) => ({ type: "volume", source: `${serviceName}-${name}`, target: path })),
    ...bindMounts.map(({ hostPath, path }) => ({ type: "bind", source: hostPath, target: path, readOnly: true })),
    ...tmpfsOf(props).map((path) => ({ type: "tmpfs", target: path })),
  ];
}

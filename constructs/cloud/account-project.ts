import { Project } from "@cdktf/provider-digitalocean/lib/project";
import { ProjectResources } from "@cdktf/provider-digitalocean/lib/project-resources";
import { Construct } from "constructs";
import { LayerStack } from "../terraform/layer-stack";

export interface AccountProjectProps {
  /** The uniform resource names of what belongs to it. */
  readonly urns: readonly string[];
}

/** The project under which DigitalOcean's console shows what belongs to an environment. */
export class AccountProject extends Construct {
  constructor(scope: Construct, id: string, { urns }: AccountProjectProps) {
    super(scope, id);
    const { name, prefix } = LayerStack.of(this).environment;
    const project = new Project(this, "Resource", {
      name: prefix,
      description: `Sprocket's environment ${name}. It is code: change it there.`,
      purpose: "Web Application",
      environment: name === "production" ? "Production" : "Staging",
    });
    new ProjectResources(this, "resources", { project: project.id, resources: [...urns] });
  }
}

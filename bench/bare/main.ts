import { Network } from "@cdktf/provider-docker/lib/network";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { App, TerraformStack } from "cdktf";

// The smallest program that is one: what cdktf, its provider and the compiler cost by themselves.
const app = new App();
const stack = new TerraformStack(app, "bare");
new DockerProvider(stack, "docker");
new Network(stack, "network", { name: "bare", driver: "overlay" });
app.synth();

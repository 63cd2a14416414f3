import { tmpdir } from "node:os";
import { Testing } from "cdktf";
import { Construct } from "constructs";
import { sshOptions } from "../../../config/known-hosts";
import { readState } from "../../../constructs/terraform/backend";
import { LayerStack } from "../../../constructs/terraform/layer-stack";
import { useDocker, useRandom, useTls } from "../../../constructs/terraform/providers";
import { environmentLike, environmentNamed, failureOf, layerProps, synthesise, testStack } from "../../support/testing";

/** Spaces, as every layer's state and every reader of it must name it. */
const spaces = (key: string) => ({
  bucket: "sprocket-terraform-state",
  key,
  region: "us-east-1",
  endpoints: { s3: "https://nyc3.digitaloceanspaces.com" },
  encrypt: true,
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
  skip_requesting_account_id: true,
  skip_s3_checksum: true,
});

describe("an empty layer", () => {
  test("without a cloud keeps its state in a file of its own", () => {
    expect(synthesise(testStack())).toEqual({
      terraform: {
        required_version: ">= 1.11.0, < 2.0.0",
        backend: { local: { path: "../../../state/local-platform.tfstate" } },
      },
    });
  });

  test("in the cloud keeps its state in Spaces, locked and encrypted, without any key", () => {
    const environment = environmentNamed("production");

    expect(synthesise(testStack({ environment, layer: "secrets" }))).toEqual({
      terraform: {
        required_version: ">= 1.11.0, < 2.0.0",
        backend: { s3: { ...spaces("production/secrets.tfstate"), use_lockfile: true } },
      },
    });
  });

  test("is the same wherever it is made, and names no path of the machine", () => {
    const here = process.cwd();
    const json = () => Testing.synth(testStack());
    const first = json();
    try {
      process.chdir(tmpdir());
      expect(json()).toBe(first);
    } finally {
      process.chdir(here);
    }
    for (const path of [here, tmpdir()]) {
      expect(first).not.toContain(path);
    }
  });
});

describe("another layer's state", () => {
  const readBy = (name: string) => {
    const stack = testStack({ environment: environmentNamed(name) });
    readState(stack, stack.environment, "layer-1");
    return synthesise(stack).data;
  };

  test("is read from its file where there is no cloud", () => {
    expect(readBy("lan")).toEqual({
      terraform_remote_state: {
        layer_1: { backend: "local", config: { path: "../../../state/lan-layer-1.tfstate" } },
      },
    });
  });

  test("is read from Spaces with the settings it was written with, without taking its lock", () => {
    expect(readBy("staging")).toEqual({
      terraform_remote_state: { layer_1: { backend: "s3", config: spaces("staging/layer-1.tfstate") } },
    });
  });
});

describe("providers", () => {
  test("are pinned; Docker's is newer than its bindings", () => {
    const stack = testStack();
    useDocker(stack);
    useRandom(stack);
    useTls(stack);

    const { provider, terraform } = synthesise(stack);

    expect(provider).toEqual({ docker: [{}], random: [{}], tls: [{}] });
    expect(terraform.required_providers).toEqual({
      docker: { source: "kreuzwerker/docker", version: "3.9.0" },
      random: { source: "hashicorp/random", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
      tls: { source: "hashicorp/tls", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
    });
  });

  test("a Docker elsewhere is trusted when it is first seen", () => {
    const stack = testStack();
    useDocker(stack, "ssh://deploy@203.0.113.7");

    expect(synthesise(stack).provider.docker).toEqual([
      { host: "ssh://deploy@203.0.113.7", ssh_opts: sshOptions(undefined) },
    ]);
  });
});

describe("LayerStack.of", () => {
  test("finds the stack of anything below it", () => {
    const stack = testStack();

    expect(LayerStack.of(new Construct(new Construct(stack, "a"), "b"))).toBe(stack);
    expect(LayerStack.of(stack)).toBe(stack);
  });

  test("fails outside a stack, naming the construct", () => {
    const stray = new Construct(new Construct(Testing.app(), "a"), "stray");

    expect(failureOf(() => LayerStack.of(stray))).toBe("a/stray: it is in no LayerStack; make it below one");
  });
});

describe("swarmName", () => {
  const nameOf = (ids: readonly string[], longest?: number) => {
    const stack = testStack({ environment: environmentLike("local", { prefix: "rehearsal" }) });
    const construct = ids.reduce<Construct>((scope, id) => new Construct(scope, id), stack);
    return stack.swarmName(construct, longest);
  };

  test.each([
    [["vault"], "rehearsal-vault"],
    [["vault", "bootstrap", "Resource"], "rehearsal-vault-bootstrap"],
    [["Default", "ingress-public"], "rehearsal-ingress-public"],
    [["a".repeat(53)], `rehearsal-${"a".repeat(53)}`],
  ])("is the prefix and the visible path: %j is %s", (ids, name) => {
    expect(nameOf(ids)).toBe(name);
  });

  test.each([
    [54, undefined, 64, 63],
    [42, 51, 52, 51],
  ])("fails for an id of %d characters where %p is the limit", (idLength, limit, length, taken) => {
    const id = "a".repeat(idLength);

    expect(failureOf(() => nameOf([id], limit))).toBe(
      `local-platform/${id}: its name in the Swarm would be rehearsal-${id}, of ${length} characters; ` +
        `Docker takes ${taken}: shorten an id`,
    );
  });
});

describe("deployAfter", () => {
  const pair = (environment: string) => {
    const app = Testing.app();
    const props = layerProps(environment);
    return { producer: new LayerStack(app, "layer-1", props), app };
  };

  test("orders two layers of an environment", () => {
    const { app, producer } = pair("local");
    const consumer = testStack({ app });

    consumer.deployAfter("layer-1");

    expect(consumer.dependencies).toEqual([producer]);
  });

  test("orders nothing where the layer is another environment's, or is not synthesised", () => {
    const { app } = pair("lan");
    const consumer = testStack({ app });

    consumer.deployAfter("layer-1");
    consumer.deployAfter("secrets");

    expect(consumer.dependencies).toEqual([]);
  });
});

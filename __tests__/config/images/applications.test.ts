import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AnyApplicationName, EVERY_APPLICATION_NAME } from "../../../config/applications";
import { RABBITMQ_USER_NAMES } from "../../../config/data/rabbitmq";
import { applicationImages } from "../../../config/images/applications";
import { imageCatalogue, imagesOf } from "../../../config/images/catalogue";
import { releaseOf } from "../../../config/images/releases";
import { programsIn } from "../../support/programs";
import { temporaryFolder } from "../../support/synthesis";

const images = applicationImages("staging");

test.each(EVERY_APPLICATION_NAME)("the image of %s is that of its release", (name) => {
  const [reference] = images[name].reference.split("@");

  expect(reference).toBe(`docker.io/asaxplayinghorse/${name}:${releaseOf("staging")[name]}`);
});

test("an environment has the images of others, and the applications of its own release", () => {
  const { core, ...others } = imagesOf({ name: "staging" });

  expect(Object.keys(others).sort()).toEqual(
    [...Object.keys(imageCatalogue), ...EVERY_APPLICATION_NAME].filter((name) => name !== "core").sort(),
  );
  expect(core).toEqual(images.core);
  expect(core.reference).not.toBe(imagesOf({ name: "production" }).core.reference);
});

describe("the health check", () => {
  const folder = temporaryFolder();
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A connection as the kernel lists it, by the port of the other side and the connection's state. */
  const connection = (port: string, state: string) =>
    `   0: 0300000A:9C40 0200000A:${port} ${state} 00000000:00000000 00:00000000 00000000     0        0 1`;
  const [ESTABLISHED, LISTENING, CLOSING] = ["01", "0A", "08"];
  const BROKER = connection("1628", ESTABLISHED);
  const DISCORD = connection("01BB", ESTABLISHED);

  /** Whether a container is healthy, by its connections and the one page that answers. */
  function isHealthy(name: AnyApplicationName, { tcp = "", tcp6 = "", page = "" }) {
    const table = join(folder, "tcp");
    writeFileSync(table, tcp);
    writeFileSync(`${table}6`, tcp6);
    const [kind, line = ""] = images[name].healthCommand;
    const PATH = programsIn(folder, { wget: `for last; do :; done; [ "$last" = "${page}" ]` });
    const { status } = spawnSync("/bin/sh", ["-c", line.replaceAll("/proc/net/tcp", table)], { env: { PATH } });
    return kind === "CMD-SHELL" && status === 0;
  }

  test.each<[AnyApplicationName, string]>([
    ["core", "http://127.0.0.1:3001/graphql?query=%7B__typename%7D"],
    ["web", "http://127.0.0.1:3000/auth/login"],
    ["image-generation-frontend", "http://127.0.0.1:3000/api/imageTypes"],
  ])("of %s asks for %s", (name, page) => {
    expect(isHealthy(name, { page })).toBe(true);
    expect(isHealthy(name, { page: "http://127.0.0.1:3000/" })).toBe(false);
  });

  const listeners = RABBITMQ_USER_NAMES.filter(
    (name) => !["core", "image-generation-frontend", "discord-bot"].includes(name),
  );

  test.each(listeners)("of %s wants a connection to the broker, by whichever IP", (name) => {
    expect(isHealthy(name, { tcp: BROKER })).toBe(true);
    expect(isHealthy(name, { tcp6: `${DISCORD}\n${BROKER}` })).toBe(true);
  });

  test.each([
    ["none", ""],
    ["another one", connection("18EB", ESTABLISHED)],
    ["one that the broker ended", connection("1628", CLOSING)],
    ["a listener at the broker's port", `   0: 00000000:1628 00000000:0000 ${LISTENING} 00000000:00000000`],
    ["a client at its own port", `   0: 0300000A:1628 0100007F:9C40 ${ESTABLISHED} 00000000:00000000`],
  ])("is not content with %s", (_, tcp) => {
    expect(listeners.filter((name) => isHealthy(name, { tcp }))).toEqual([]);
  });

  test.each([
    ["the broker and Discord", `${BROKER}\n${DISCORD}`, true],
    ["the broker alone", BROKER, false],
    ["Discord alone", DISCORD, false],
  ])("of the bot, connected to %s, says %s", (_, tcp, healthy) => {
    expect(isHealthy("discord-bot", { tcp })).toBe(healthy);
  });
});

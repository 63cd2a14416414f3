// Turns the list of images that the offline lab built (JSON: name to reference) into an override
// file for these tests. Usage: node e2e/lab-overrides.js IMAGES_JSON >OVERRIDES_JSON
const { readFileSync } = require("node:fs");

const { traefik, vault, node, kms, socketproxy } = JSON.parse(readFileSync(process.argv[2], "utf8"));

/** The lab's images have curl where the real ones have wget. */
const checkedByCurl = (reference, url) => ({
  reference,
  healthCommand: ["CMD-SHELL", `curl -fs -o /dev/null '${url}'`],
});

const overrides = {
  traefik: checkedByCurl(traefik, "http://127.0.0.1:8101/ping"),
  vault: checkedByCurl(vault, "http://127.0.0.1:8200/v1/sys/health?uninitcode=200&sealedcode=200&standbyok=true"),
  socketProxy: checkedByCurl(socketproxy, "http://127.0.0.1:2375/_ping"),
  node,
  kms,
};
process.stdout.write(`${JSON.stringify(overrides, null, 2)}\n`);

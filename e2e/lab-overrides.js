// Turns the list of images that the offline lab built (JSON: name to reference) into an override
// file for these tests. Usage: node e2e/lab-overrides.js IMAGES_JSON >OVERRIDES_JSON
const { readFileSync } = require("node:fs");

const { traefik, vault, node, kms, socketproxy } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const overrides = {
  traefik,
  vault,
  node,
  kms,
  // The lab's has curl where the real one has wget.
  socketProxy: {
    reference: socketproxy,
    healthCommand: ["CMD-SHELL", "curl -fs -o /dev/null http://127.0.0.1:2375/_ping"],
  },
};
process.stdout.write(`${JSON.stringify(overrides, null, 2)}\n`);

import { z } from "zod";

const LABEL = "lower-case letters, digits and hyphens, beginning with a letter";

/** A name of Docker's and of host names. */
export const name = (longest: number) =>
  z
    .string({ error: `write ${LABEL}` })
    .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, { error: `write ${LABEL}` })
    .max(longest, { error: `write at most ${longest} characters` });

/** A port of a machine. */
export const port = z
  .int({ error: "write a port, a whole number from 1 to 65535" })
  .min(1, { error: "write a port from 1 to 65535" })
  .max(65535, { error: "write a port from 1 to 65535" });

/** A domain name. */
export const domain = z
  .string({ error: "write a domain name such as sprocket.example.org" })
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, {
    error: "write a domain name in lower case, such as sprocket.example.org",
  });

/** A region of DigitalOcean's. */
export const region = (what: string) =>
  z.string({ error: `write a ${what} such as nyc3` }).regex(/^[a-z]{3}\d$/, { error: `write a ${what} such as nyc3` });

/** The URL of something that Vault asks. */
export const url = z.url({ protocol: /^https?$/, error: "write a URL such as https://api.github.com/" });

/** A text that says something. */
export const text = (what: string) => z.string({ error: `write ${what}` }).min(1, { error: `write ${what}` });

/** A team of GitHub's, by the part of its URL. */
export const team = (what: string) =>
  text(`the team of ${what} by its slug`).regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, {
    error: `write the team of ${what} by its slug, as in its URL`,
  });

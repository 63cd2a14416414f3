import type { Shape } from "./secret";

/** So many letters and digits. */
export function lettersAndDigits(amount: number): Shape {
  return { description: `${amount} letters and digits`, pattern: `^[A-Za-z0-9]{${amount}}$` };
}

/** So many digits, from and to. */
export function digits(fewest: number, most: number): Shape {
  return { description: `${fewest} to ${most} digits`, pattern: `^[0-9]{${fewest},${most}}$` };
}

/** A token of which little more is known than its alphabet. */
export function token(fewest: number): Shape {
  return {
    description: `${fewest} or more letters, digits, hyphens and underscores`,
    pattern: `^[A-Za-z0-9_-]{${fewest},}$`,
  };
}

/** So many hexadecimal digits, after a prefix. */
export function hexadecimal(amount: number, prefix = ""): Shape {
  const after = prefix === "" ? "" : `${prefix} and `;
  return { description: `${after}${amount} hexadecimal digits`, pattern: `^${prefix}[0-9a-f]{${amount}}$` };
}

/** A key of 256 bits. */
export const KEY_OF_256_BITS: Shape = {
  description: "32 random bytes in base64, 44 characters",
  pattern: "^[A-Za-z0-9+/]{43}=$",
};

/** What Discord shows once, on the bot's page. */
export const DISCORD_BOT_TOKEN: Shape = {
  description: "three parts of letters, digits, hyphens and underscores, joined by full stops",
  pattern: "^[A-Za-z0-9_-]{20,}[.][A-Za-z0-9_-]{6,}[.][A-Za-z0-9_-]{27,}$",
};

/** A client of Google's. */
export const GOOGLE_CLIENT_ID: Shape = {
  description: "digits, a hyphen, letters and digits, and .apps.googleusercontent.com",
  pattern: "^[0-9]+-[a-z0-9]+[.]apps[.]googleusercontent[.]com$",
};

/** A key pair of AWS or Spaces, as S3's tools name its parts. */
export const S3_ACCESS_KEY_ID: Shape = { description: "20 capital letters and digits", pattern: "^[A-Z0-9]{20}$" };
export const S3_SECRET_ACCESS_KEY: Shape = {
  description: "40 or more letters, digits, plus signs and slashes",
  pattern: "^[A-Za-z0-9+/]{40,}$",
};

/** What Discord shows on a channel's page of webhooks. */
export const DISCORD_WEBHOOK: Shape = {
  description: "https://discord.com/api/webhooks/, digits, a slash, letters, digits, hyphens and underscores",
  pattern: "^https://discord(app)?[.]com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,}$",
};

/** A URL that whoever knows it may call. */
export const SECRET_URL: Shape = {
  description: "a URL that begins with https://",
  pattern: "^https://[A-Za-z0-9.-]+/[A-Za-z0-9._~/-]+$",
};

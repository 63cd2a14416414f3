import { NOTICES_LABEL } from "../stacks/outside-world";
import { askHost } from "./http";

/** What was told in Discord's place, or the heartbeat's. */
interface Notice {
  readonly at: number;
  readonly path: string;
  readonly body: { readonly embeds?: readonly { readonly title: string; readonly description: string }[] };
}

/** A message as people would see it in Discord. */
export interface Message {
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  readonly title: string;
  readonly text: string;
  /** Whether everybody who is there is called. */
  readonly calls: boolean;
}

/** The messages that people would have seen so far. */
export async function messages(): Promise<readonly Message[]> {
  return (await notices())
    .filter(({ path }) => path.startsWith("/api/webhooks/"))
    .map(({ at, body }) => {
      const { title = "", description: text = "" } = body.embeds?.[0] ?? {};
      return { at, title, text, calls: JSON.stringify(body).includes("@here") };
    });
}

/** When the heartbeat came, in milliseconds since 1970. */
export async function heartbeats(): Promise<readonly number[]> {
  return (await notices()).filter(({ path }) => path === "/heartbeat").map(({ at }) => at);
}

/** Has a container print a line. */
export async function print(line: string): Promise<void> {
  await askHost(NOTICES_LABEL, { path: `/print?line=${encodeURIComponent(line)}` });
}

/** What is answered at a URL that only what watches reaches. */
export async function fetchInside(url: string): Promise<string> {
  return (await askHost(NOTICES_LABEL, { path: `/fetch?url=${encodeURIComponent(url)}` })).body;
}

async function notices(): Promise<readonly Notice[]> {
  const { body } = await askHost(NOTICES_LABEL, { path: "/told" });
  return JSON.parse(body);
}

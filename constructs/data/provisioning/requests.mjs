import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

const PAUSE_MILLISECONDS = 1000;
const LONGEST_ANSWER_MILLISECONDS = 20_000;

const { values: given } = parseArgs({
  options: {
    plan: { type: "string", default: "/task/plan.json" },
    secrets: { type: "string", default: "/run/secrets" },
    verify: { type: "boolean", default: false },
  },
});

/** What the server should be like. */
export const plan = JSON.parse(readFileSync(given.plan, "utf8"));

/**
 * Says that something has to be changed, which is a failure when the task only proves its result.
 *
 * @param {string} problem
 */
export function differs(problem) {
  if (given.verify) {
    throw new Error(problem);
  }
}

/**
 * A secret that the task was given.
 *
 * @param {string} name
 */
export function secret(name) {
  return readFileSync(join(given.secrets, name), "utf8");
}

/**
 * Asks an HTTP API.
 *
 * @param {string} url
 * @param {{ method?: string, headers?: Record<string, string>, json?: unknown, accept?: number[] }} [options]
 *   `accept`: the statuses, beside those of success, that are an answer and no failure
 * @returns {Promise<{ status: number, body: any }>} with the body parsed
 * @throws Error with the status and what the server said, when it refuses
 */
export async function ask(url, { method = "GET", headers = {}, json, accept = [] } = {}) {
  const answer = await fetch(url, {
    method,
    headers: json === undefined ? headers : { "content-type": "application/json", ...headers },
    body: json === undefined ? undefined : JSON.stringify(json),
    signal: AbortSignal.timeout(LONGEST_ANSWER_MILLISECONDS),
  });
  return accepted(answer, `${method} ${url}`, accept);
}

/**
 * The answer of a server, parsed, unless it is a refusal.
 *
 * @param {Response} answer
 * @param {string} question
 * @param {number[]} accept
 * @returns {Promise<{ status: number, body: any }>}
 */
export async function accepted(answer, question, accept) {
  const text = await answer.text();
  if (!answer.ok && !accept.includes(answer.status)) {
    throw new Error(`${question} was answered ${answer.status}: ${text.slice(0, 500)}`);
  }
  return { status: answer.status, body: parsed(text) };
}

/**
 * Waits until a server answers with success.
 *
 * @param {string} url
 */
export async function untilReady(url) {
  let said = "";
  for (;;) {
    const problem = await ask(url).then(
      () => "",
      (error) => String(error.cause?.message ?? error.message),
    );
    if (problem === "") {
      return;
    }
    if (problem !== said) {
      console.log(`waiting for ${url}: ${problem}`);
      said = problem;
    }
    await sleep(PAUSE_MILLISECONDS);
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

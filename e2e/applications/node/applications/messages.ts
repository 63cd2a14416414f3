/** What applications ask each other. */
export const PATTERNS = {
  parse: "submission.parse",
  analytics: "analytics",
  createScrim: "scrim.create",
  generateImage: "image.generate",
  notify: "notification.send",
  deliverImage: "bot.deliverImage",
  countHeard: "events.heard",
} as const;

/** A replay that is to be parsed. */
export interface ParseQuestion {
  /** Also the name of the queue on which its progress is told. */
  readonly submissionId: string;
  readonly replayObjectPath: string;
}

/** What became of a replay. */
export interface ParseAnswer {
  /** What the worker wrote beside the replay. */
  readonly parsed: unknown;
  /** The worker that did it. */
  readonly worker: string;
  /** How many messages of its progress were heard. */
  readonly progress: number;
}

/** An image that is to be brought to people. */
export interface ImageMessage {
  readonly key: string;
}

/** Where a submission's document is. */
export function submissionKey(prefix: string, submissionId: string): string {
  return `${prefix}:submission:${submissionId}`;
}

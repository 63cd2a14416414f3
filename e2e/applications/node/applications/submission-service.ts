import type { Given } from "../contract/given";
import { Bucket } from "../services/bucket";
import { reportBucket } from "../services/bucket-report";
import { Celery } from "../services/celery";
import { Events } from "../services/events";
import { celeryRedis, mainRedis, storedDocument } from "../services/redis";
import { answerQuestions } from "../services/rpc-server";
import type { Application } from "./application";
import { PATTERNS, type ParseAnswer, type ParseQuestion, submissionKey } from "./messages";

interface TaskResult {
  readonly outputPath: string;
  readonly worker: string;
}

/** What has replays parsed, and knows how far they are. */
export const submissionService: Application = {
  entry: "/app/microservices/submission-service/dist/main.js",
  start,
  whenStartFails: "ends",
};

async function start(given: Given): Promise<void> {
  const redis = await mainRedis(given);
  const replays = Bucket.of(given, "replays");
  const url = given.text("transport.url");
  const celery = await Celery.connect(url, given.text("transport.celery-queue"), await celeryRedis(given));
  const events = await Events.connect(url, given.text("transport.events_queue"));
  await answerQuestions(url, given.text("transport.submission_queue"), {
    [PATTERNS.parse]: async ({ submissionId, replayObjectPath }: ParseQuestion): Promise<ParseAnswer> => {
      const key = submissionKey(given.text("redis.prefix"), submissionId);
      await storedDocument(redis, key, { submissionId, status: "parsing" });
      let progress = 0;
      await celery.hearProgress(submissionId, () => {
        progress += 1;
      });
      const kwargs = { replayObjectPath, progressQueue: submissionId };
      const { outputPath, worker } = (await celery.run("parseReplay", kwargs)) as TaskResult;
      const parsed: unknown = JSON.parse(await replays.get(outputPath));
      await storedDocument(redis, key, { submissionId, status: "parsed", outputPath });
      events.tell("submission.ratifying", { submissionId, resultPaths: [outputPath] });
      return { parsed, worker, progress };
    },
  });
  void reportBucket(replays, "read");
}

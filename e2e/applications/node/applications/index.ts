import type { Application } from "./application";
import { core } from "./core";
import { discordBot } from "./discord-bot";
import { imageGenerationFrontend } from "./image-generation-frontend";
import { imageGenerationService } from "./image-generation-service";
import { matchmakingService } from "./matchmaking-service";
import { notificationService } from "./notification-service";
import { serverAnalyticsService } from "./server-analytics-service";
import { submissionService } from "./submission-service";
import { web } from "./web";

/** The applications of Node.js, by the names of their images. */
export const NODE_APPLICATIONS = {
  core,
  web,
  "discord-bot": discordBot,
  "image-generation-frontend": imageGenerationFrontend,
  "image-generation-service": imageGenerationService,
  "notification-service": notificationService,
  "server-analytics-service": serverAnalyticsService,
  "matchmaking-service": matchmakingService,
  "submission-service": submissionService,
} as const satisfies Readonly<Record<string, Application>>;

/** The name of an application of Node.js. */
export type NodeApplicationName = keyof typeof NODE_APPLICATIONS;

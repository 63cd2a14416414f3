import { foundKeys } from "./configuration-faults";
import { type Contract, OURS } from "./contract";
import type { DeployedApplications } from "./deployed-application";
import { textOf } from "./values";

const API = "core";
/** The variables of the migrations, by the keys of the API that say the same. */
const KEYS: Readonly<Record<string, string>> = {
  DB_HOST: "db.host",
  DB_PORT: "db.port",
  DB_USERNAME: "db.username",
  DB_DATABASE: "db.database",
};

/** What is wrong with the task that brings the database to what the API expects. */
export function migrationFaults(
  contract: Contract,
  { applications, migrations }: DeployedApplications,
): readonly string[] {
  const contracted = contract.services[API];
  const api = applications.find(({ name }) => name === API);
  if (contracted?.migrations == null || api === undefined) {
    return [];
  }
  if (migrations === undefined) {
    return ["migrations: nothing runs them"];
  }
  const { command, workdir, secretFiles, env } = contracted.migrations;
  const { image, args, environment, files, writable } = migrations;
  const [script = ""] = args;
  const line = command.join(" ");
  const own = files.filter(({ source }) => source === "config").map(({ content }) => textOf(content));
  const databaseKeys = foundKeys(contract, contracted, api);
  return [
    ...(image === api.image ? [] : [`migrations: they are those of ${image}, and the API is ${api.image}`]),
    ...(script.includes(`\ncd ${workdir}\n${line}\n`) ? [] : [`migrations: nothing runs ${line} in ${workdir}`]),
    ...(writable === "anywhere"
      ? []
      : ["migrations: what they compile is written beside the source, which is read-only"]),
    ...secretFiles
      .filter(({ path }) => !files.some((file) => file.path === path && file.source === "secret"))
      .map(({ path }) => `migrations: ${path} is not mounted`),
    // Without one of them the command would talk to the machine itself, and say that all is well.
    ...Object.entries(KEYS).flatMap(([name, path]) => {
      const key = databaseKeys.find((found) => found.path === path);
      const right = key === undefined ? "" : textOf(key.value);
      return environment[name] === right
        ? []
        : [`migrations: ${name} is ${environment[name]}, and the API's ${path} is ${right}`];
    }),
    ...Object.keys(environment).flatMap((name) => {
      const variable = env.find((each) => each.name === name);
      // The API's image takes NODE_ENV, and our own scripts name what they read.
      const isRead =
        variable !== undefined ||
        name === "NODE_ENV" ||
        own.some((text) => text.includes(name)) ||
        name.startsWith(OURS);
      return [
        ...(isRead ? [] : [`migrations: the environment variable ${name} is set, which nothing reads`]),
        ...(variable?.sensitive === true ? [`migrations: the environment variable ${name} is sensitive`] : []),
      ];
    }),
  ];
}

import Docker from "dockerode";
import { execute } from "../../../ops/swarm/execution";
import { type DockerEngine, dockerEngine, type EngineAnswer, frame } from "../../support/docker-engine";

const engines: DockerEngine[] = [];

/** Docker, with a container in which programs can be started. */
async function docker(written: EngineAnswer, ended: EngineAnswer = { ExitCode: 0 }) {
  const engine = await dockerEngine({
    "/containers/c/exec": { Id: "e" },
    "/exec/e/start": written,
    "/exec/e/json": ended,
  });
  engines.push(engine);
  return new Docker({ host: "127.0.0.1", port: engine.port });
}

afterEach(() => {
  for (const engine of engines.splice(0)) {
    engine.close();
  }
});

test("what a program writes is told apart, wherever it is cut", async () => {
  const umlaut = Buffer.from("ü");
  const client = await docker(
    Buffer.concat([frame(1, umlaut.subarray(0, 1)), frame(2, "no\n"), frame(1, umlaut.subarray(1)), frame(1, " b\n")]),
    { ExitCode: 3 },
  );

  expect(await execute(client, "c", ["program"], 5)).toEqual({ exitCode: 3, stdout: "ü b\n", stderr: "no\n" });
});

test("Docker is asked again where it has not noticed the end", async () => {
  let asked = 0;
  const client = await docker(Buffer.alloc(0), (response) => {
    asked += 1;
    response.end(JSON.stringify({ ExitCode: asked < 3 ? null : 7 }));
  });

  expect(await execute(client, "c", ["program"], 5)).toEqual({ exitCode: 7, stdout: "", stderr: "" });
});

test.each<[string, EngineAnswer, EngineAnswer]>([
  ["goes on", (response) => void response.write(frame(1, "begins")), { ExitCode: 0 }],
  ["never has an exit code", Buffer.alloc(0), { ExitCode: null }],
])("a program that %s is waited for no longer than given", async (_, written, ended) => {
  const client = await docker(written, ended);

  await expect(execute(client, "c", ["program", "argument"], 0.2)).rejects.toThrow("program did not end within 0.2 s");
});

test("a container that Docker does not know is an error", async () => {
  await expect(execute(await docker(Buffer.alloc(0)), "other", ["program"], 5)).rejects.toThrow(
    "/containers/other/exec is not there",
  );
});

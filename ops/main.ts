import { runCommand } from "./run-command";

runCommand(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
  // A question that was given up would keep the process from ending; what is printed is to be read to its end.
  process.stderr.write("", () => process.stdout.write("", () => process.exit()));
});

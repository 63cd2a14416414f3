import type { Command } from "commander";
import { code, GENERATED } from "./markdown";

/** As wide as this page, whoever's terminal writes it. */
const WIDTH = 100;
const INTRODUCTION = `# Commands

What each command says with \`--help\`. Run them as \`npm run ops -- <command>\`, and with \`npm run --silent\` where a
program reads what they print. When to use which: [Day-2 operations](../operations/day-2-operations.md).`;

/**
 * The page about every command.
 *
 * @param program the command that all others belong to
 */
export function commandsReference(program: Command): string {
  return [GENERATED, INTRODUCTION, ...withSubcommands(program).map(section), ""].join("\n\n");
}

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function section(command: Command): string {
  return [`## ${code(nameOf(command))}`, `\`\`\`text\n${helpOf(command)}\n\`\`\``].join("\n\n");
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

/** The whole help: only what is written out has the texts that a command adds to it. */
function helpOf(command: Command): string {
  const written: string[] = [];
  const { writeOut, getOutHasColors } = command.configureOutput();
  const help = command.configureHelp();
  command
    .configureHelp({ ...help, helpWidth: WIDTH })
    .configureOutput({ writeOut: (text) => written.push(text), getOutHasColors: () => false })
    .outputHelp();
  command.configureHelp(help).configureOutput({ writeOut, getOutHasColors });
  return written.join("").trim();
}

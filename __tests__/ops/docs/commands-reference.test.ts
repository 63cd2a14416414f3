import { Command } from "commander";
import { commandsReference } from "../../../ops/docs/commands-reference";
import { opsProgram } from "../../../ops/program";

/** A program with a command in a command. */
function program(): Command {
  const root = new Command("ops").description("Everything.");
  root
    .command("outer")
    .description("What holds another.")
    .command("inner")
    .description("What is in another.")
    .option("--long", "an option of which so much is to be said that a narrow terminal would have to break the line")
    .addHelpText("after", "\nExample:\n  ops outer inner");
  return root;
}

test("every command of whatever depth has a section, with what it adds to its help", () => {
  const page = commandsReference(program());

  expect([...page.matchAll(/^## `(.*)`$/gm)].map(([, name]) => name)).toEqual(["ops", "ops outer", "ops outer inner"]);
  expect(page).toContain("\n\nExample:\n  ops outer inner\n```\n");
});

test("the page is the same whatever the terminal, and the commands are as before", () => {
  const narrow = program();
  narrow.configureOutput({ getOutHelpWidth: () => 40, getOutHasColors: () => true });
  const configured = narrow.configureOutput().getOutHasColors;

  expect(commandsReference(narrow)).toBe(commandsReference(program()));
  expect(narrow.configureOutput().getOutHasColors).toBe(configured);
  expect(narrow.configureHelp()).not.toHaveProperty("helpWidth");
});

test("every command says how it is called, and what holds for all", () => {
  const sections = commandsReference(opsProgram()).split("\n## ").slice(2);
  const leaves = sections.filter((section) => !section.includes("\nCommands:\n"));

  expect(leaves.filter((section) => !/\nExamples?:\n/.test(section))).toEqual([]);
  expect(sections.filter((section) => !section.includes("--debug"))).toEqual([]);
});

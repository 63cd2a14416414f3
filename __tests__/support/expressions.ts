/** A value of Terraform's language, as far as cdktf writes it. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "reference"; readonly path: readonly (string | number)[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: Readonly<Record<string, Expression>> }
  | { readonly kind: "conditional"; readonly condition: Expression; readonly yes: Expression; readonly no: Expression };

const TOKEN =
  /\s*(?:(?<string>"(?:[^"\\]|\\.)*")|(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_][\w-]*)|(?<sign>[=!<>]=|&&|\|\||[-+*/%!<>=?:.,()[\]{}]))/y;
const OPERATORS = ["==", "!=", "<", ">", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%"];

const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

interface Token {
  readonly kind: "string" | "number" | "name" | "sign" | "end" | "nonsense";
  readonly text: string;
}

/**
 * Reads an expression, and fails where Terraform would: cdktf escapes no quotes in what it is given.
 *
 * @throws Error that says where it stopped making sense
 */
export function parseExpression(text: string): Expression {
  const reader = new Reader(text, 0);
  const expression = reader.expression();
  reader.expectEnd();
  return expression;
}

/**
 * The expressions of a text that Terraform takes for a template: `a-${b}-c` has one.
 *
 * @throws Error where one of them makes no sense
 */
export function expressionsIn(text: string): readonly Expression[] {
  const found: Expression[] = [];
  let position = 0;
  for (;;) {
    const opening = /(?<!\$)\$\{/g;
    opening.lastIndex = position;
    const start = opening.exec(text);
    if (start === null) {
      return found;
    }
    const reader = new Reader(text, opening.lastIndex);
    found.push(reader.expression());
    position = reader.expect("}");
  }
}

/** What a text is: an expression, a literal where none is in it, or else a template made of the expressions in it. */
export function expressionOf(text: string): Expression {
  const expressions = expressionsIn(text);
  const [only] = expressions;
  if (only === undefined) {
    return { kind: "literal", value: text };
  }
  const isWhole = expressions.length === 1 && text.startsWith("${") && text.endsWith("}");
  return isWhole ? only : { kind: "call", name: "template", args: expressions };
}

/** The only argument of a function. */
export function argumentOf(expression: Expression, name: string): Expression | undefined {
  return expression.kind === "call" && expression.name === name ? expression.args[0] : undefined;
}

class Reader {
  private token: Token = { kind: "end", text: "" };
  private start = 0;

  constructor(
    private readonly text: string,
    private end: number,
  ) {
    this.advance();
  }

  expression(): Expression {
    const condition = this.operation();
    if (!this.takes("?")) {
      return condition;
    }
    const yes = this.expression();
    this.expect(":");
    return { kind: "conditional", condition, yes, no: this.expression() };
  }

  /** @returns where the sign ends */
  expect(sign: string): number {
    const { end } = this;
    if (!this.takes(sign)) {
      throw this.surprise(sign);
    }
    return end;
  }

  expectEnd(): void {
    if (this.token.kind !== "end") {
      throw this.surprise("the end");
    }
  }

  private operation(): Expression {
    const left = this.operand();
    const { kind, text } = this.token;
    if (kind !== "sign" || !OPERATORS.includes(text)) {
      return left;
    }
    this.advance();
    return { kind: "call", name: text, args: [left, this.operation()] };
  }

  private operand(): Expression {
    if (this.takes("!") || this.takes("-")) {
      return { kind: "call", name: "not", args: [this.operand()] };
    }
    const value = this.value();
    const path = this.steps();
    if (path.length === 0) {
      return value;
    }
    return value.kind === "reference"
      ? { kind: "reference", path: [...value.path, ...path] }
      : { kind: "call", name: "part", args: [value, { kind: "reference", path }] };
  }

  private value(): Expression {
    const { kind, text } = this.token;
    if (this.takes("(")) {
      const inner = this.expression();
      this.expect(")");
      return inner;
    }
    if (this.takes("[")) {
      const isLoop = this.token.text === "for";
      return isLoop ? this.loop() : { kind: "list", items: this.until("]", () => this.expression()) };
    }
    if (this.takes("{")) {
      return { kind: "object", entries: Object.fromEntries(this.until("}", () => this.entry())) };
    }
    switch (kind) {
      case "string":
        return { kind: "literal", value: JSON.parse(this.word("string")) };
      case "number":
        return { kind: "literal", value: Number(this.word("number")) };
      case "name":
        return this.named(this.word("name"));
      default:
        throw this.surprise(`a value in place of "${text}"`);
    }
  }

  private named(name: string): Expression {
    const value = WORDS[name];
    if (value !== undefined) {
      return { kind: "literal", value };
    }
    return this.takes("(")
      ? { kind: "call", name, args: this.until(")", () => this.expression()) }
      : { kind: "reference", path: [name] };
  }

  /** What follows a value: `.name`, `["key"]`, `[0]` or `[*]`. */
  private steps(): (string | number)[] {
    const steps: (string | number)[] = [];
    for (;;) {
      if (this.takes(".")) {
        steps.push(this.word("name", "number"));
      } else if (this.takes("[")) {
        steps.push(this.takes("*") ? "*" : JSON.parse(this.word("string", "number")));
        this.expect("]");
      } else {
        return steps;
      }
    }
  }

  private loop(): Expression {
    this.word("name");
    this.word("name");
    this.word("name");
    const over = this.expression();
    this.expect(":");
    const each = this.expression();
    const condition = this.token.text === "if" ? [this.word("name"), this.expression()].slice(1) : [];
    this.expect("]");
    return { kind: "call", name: "for", args: [over, each, ...(condition as Expression[])] };
  }

  private entry(): [string, Expression] {
    const isQuoted = this.token.kind === "string";
    const key = this.word("string", "name");
    this.expect("=");
    return [isQuoted ? JSON.parse(key) : key, this.expression()];
  }

  private until<T>(closing: string, one: () => T): T[] {
    const all: T[] = [];
    while (!this.takes(closing)) {
      if (all.length > 0) {
        this.expect(",");
      }
      all.push(one());
    }
    return all;
  }

  private word(...kinds: readonly Token["kind"][]): string {
    const { kind, text } = this.token;
    if (!kinds.includes(kind)) {
      throw this.surprise(`a ${kinds[0]}`);
    }
    this.advance();
    return text;
  }

  private takes(sign: string): boolean {
    const taken = this.token.kind === "sign" && this.token.text === sign;
    if (taken) {
      this.advance();
    }
    return taken;
  }

  private advance(): void {
    TOKEN.lastIndex = this.end;
    this.start = this.end;
    const { groups = {} } = TOKEN.exec(this.text) ?? {};
    const [kind, text] = Object.entries(groups).find(([, found]) => found !== undefined) ?? [];
    if (kind === undefined || text === undefined) {
      this.token = { kind: this.text.slice(this.start).trim() === "" ? "end" : "nonsense", text: "" };
      return;
    }
    this.token = { kind: kind as Token["kind"], text };
    this.end = TOKEN.lastIndex;
  }

  private surprise(expected: string): Error {
    return new Error(`expected ${expected} at: ${this.text.slice(this.start, this.start + 60)}`);
  }
}

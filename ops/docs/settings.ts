import { z } from "zod";
import { environmentSchema } from "../../config/schema";
import { code } from "./markdown";

/** One setting of an environment's file, for a reader. */
export interface Setting {
  /** Where it is: `hosts.domain`. */
  readonly path: string;
  /** What may be written, in Markdown. */
  readonly allowed: string;
  /** What holds where it is left out, in Markdown. */
  readonly otherwise: string;
  readonly description: string;
}

type Schema = z.core.JSONSchema.BaseSchema;

/** The key under which the walk finds what the schema says to whoever writes something else. */
const WORDS = "words";
const FORMATS: Readonly<Record<string, string>> = {
  ipv4: "IPv4 address",
  cidrv4: "range of IPv4 addresses",
  email: "e-mail address",
  uri: "URL",
};

/** Every setting, in the order of the schema. */
export function settings(): readonly Setting[] {
  const schema = z.toJSONSchema(environmentSchema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.pattern !== undefined) {
        jsonSchema[WORDS] = z.safeParse(zodSchema, undefined).error?.issues[0]?.message;
      }
    },
  });
  return settingsOf(schema as Schema, "");
}

function settingsOf({ properties = {}, required = [] }: Schema, parent: string): readonly Setting[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const schema = property as Schema;
    const path = parent === "" ? name : `${parent}.${name}`;
    const otherwise = otherwiseOf(schema, required.includes(name));
    if (schema.oneOf !== undefined) {
      return settingsOfKinds(schema, path, otherwise);
    }
    const itself = { path, allowed: allowedIn(schema), otherwise, description: schema.description ?? "" };
    return [itself, ...settingsOf(schema, path)];
  });
}

/** The settings of something that comes in several kinds: which of them, and then what each has. */
function settingsOfKinds({ oneOf = [], description }: Schema, path: string, otherwise: string): readonly Setting[] {
  const kinds = (oneOf as readonly Schema[]).map((kind) => {
    const [first, ...others] = settingsOf(kind, path);
    return { name: first?.allowed ?? "", meaning: kind.description, others };
  });
  const meanings = kinds.flatMap(({ name, meaning }) => (meaning === undefined ? [] : [`${name}: ${meaning}`]));
  return [
    {
      path: `${path}.kind`,
      allowed: kinds.map(({ name }) => name).join(", "),
      otherwise,
      description: [description, ...meanings].join(" "),
    },
    ...kinds.flatMap(({ name, others }) =>
      others.map((setting) => ({ ...setting, description: `With kind ${name}. ${setting.description}` })),
    ),
  ];
}

function otherwiseOf({ default: value }: Schema, required: boolean): string {
  if (required) {
    return "required";
  }
  return value === undefined ? "none" : code(JSON.stringify(value));
}

function allowedIn(schema: Schema): string {
  const { enum: values, const: value, type, items, additionalProperties } = schema;
  if (value !== undefined || values !== undefined) {
    return (values ?? [value]).map((each) => code(JSON.stringify(each))).join(", ");
  }
  switch (type) {
    case "object":
      return typeof additionalProperties === "object"
        ? `by name: ${allowedIn(additionalProperties as Schema)}`
        : "the settings below";
    case "array":
      return `list, each: ${allowedIn(items as Schema)}`;
    case "integer":
      return `whole number${limits(schema)}`;
    case "boolean":
      return "`true`, `false`";
    default:
      return textIn(schema);
  }
}

function limits({ minimum, maximum }: Schema): string {
  return maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER
    ? `, ${minimum} or more`
    : ` from ${minimum} to ${maximum}`;
}

function textIn(schema: Schema): string {
  const words = schema[WORDS];
  const inWords = typeof words === "string" ? words.replace(/^write /, "") : "text";
  const text = FORMATS[schema.format ?? ""] ?? inWords;
  return schema.maxLength === undefined ? text : `${text}; at most ${schema.maxLength} characters`;
}

import type { Shape } from "../../../config/secrets/secret";
import * as shapes from "../../../config/secrets/shapes";

const a = (amount: number) => "a".repeat(amount);

interface Case {
  readonly shape: Shape;
  readonly description: string;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
}

const cases: readonly Case[] = [
  {
    shape: shapes.lettersAndDigits(20),
    description: "20 letters and digits",
    right: [a(20), `${a(10)}${"Z9".repeat(5)}`],
    wrong: [a(19), a(21), `${a(19)}-`, `${a(19)}é`],
  },
  {
    shape: shapes.digits(2, 4),
    description: "2 to 4 digits",
    right: ["12", "1234"],
    wrong: ["1", "12345", "12a", "-12", "1.2", "١٢"],
  },
  {
    shape: shapes.token(16),
    description: "16 or more letters, digits, hyphens and underscores",
    right: [a(16), a(500), `${a(14)}-_`],
    wrong: [a(15), `${a(16)}.`, `${a(16)}/`],
  },
  {
    shape: shapes.hexadecimal(8),
    description: "8 hexadecimal digits",
    right: ["0123abcd"],
    wrong: [a(7), a(9), "0123ABCD", `${a(7)}g`],
  },
  {
    shape: shapes.hexadecimal(8, "made_up_"),
    description: "made_up_ and 8 hexadecimal digits",
    right: [`made_up_${a(8)}`],
    wrong: [a(8), `made_up_${a(9)}`, `made-up-${a(8)}`, `made_up_made_up_${a(8)}`],
  },
  {
    shape: shapes.KEY_OF_256_BITS,
    description: "32 random bytes in base64, 44 characters",
    right: [Buffer.alloc(32).toString("base64"), Buffer.alloc(32, 255).toString("base64")],
    wrong: [...[31, 33].map((size) => Buffer.alloc(size).toString("base64")), a(44), `${a(42)}==`, `${a(42)}-=`],
  },
  {
    shape: shapes.DISCORD_BOT_TOKEN,
    description: "three parts of letters, digits, hyphens and underscores, joined by full stops",
    right: [[a(20), a(6), a(27)].join("."), [a(28), a(8), `${a(30)}-_`].join(".")],
    wrong: [
      [a(20), a(33)].join("."),
      [a(20), a(6), a(26)].join("."),
      [a(19), a(6), a(27)].join("."),
      [a(20), a(5), a(27)].join("."),
      [a(20), a(6), a(27)].join("x"),
      [a(20), a(6), a(27), a(27)].join("."),
    ],
  },
  {
    shape: shapes.GOOGLE_CLIENT_ID,
    description: "digits, a hyphen, letters and digits, and .apps.googleusercontent.com",
    right: ["1-a.apps.googleusercontent.com"],
    wrong: [
      "1-a.apps.googleusercontent.org",
      "1-a-apps-googleusercontent-com",
      "a-1.apps.googleusercontent.com",
      "1-A.apps.googleusercontent.com",
      "https://1-a.apps.googleusercontent.com",
      "1-a",
    ],
  },
  {
    shape: shapes.S3_ACCESS_KEY_ID,
    description: "20 capital letters and digits",
    right: ["A".repeat(20), `${"A".repeat(10)}${"0".repeat(10)}`],
    wrong: ["A".repeat(19), "A".repeat(21), a(20)],
  },
  {
    shape: shapes.S3_SECRET_ACCESS_KEY,
    description: "40 or more letters, digits, plus signs and slashes",
    right: [a(40), a(43), `${a(38)}+/`],
    wrong: [a(39), `${a(40)}=`, `${a(40)}-`],
  },
  {
    shape: shapes.DISCORD_WEBHOOK,
    description: "https://discord.com/api/webhooks/, digits, a slash, letters, digits, hyphens and underscores",
    right: [
      `https://discord.com/api/webhooks/${"1".repeat(18)}/${a(68)}`,
      // As Discord showed it before it had a shorter name.
      `https://discordapp.com/api/webhooks/${"1".repeat(17)}/${a(58)}-_`,
    ],
    wrong: [
      `http://discord.com/api/webhooks/${"1".repeat(18)}/${a(68)}`,
      `https://discord.org/api/webhooks/${"1".repeat(18)}/${a(68)}`,
      `https://discord.com.example.org/api/webhooks/${"1".repeat(18)}/${a(68)}`,
      `https://discord.com/api/webhooks/${"1".repeat(16)}/${a(68)}`,
      `https://discord.com/api/webhooks/${"1".repeat(18)}/${a(59)}`,
      `https://discord.com/api/webhooks/${"1".repeat(18)}`,
      `https://discord.com/api/webhooks/${"1".repeat(18)}/${a(68)}?wait=true`,
    ],
  },
  {
    shape: shapes.SECRET_URL,
    description: "a URL that begins with https://",
    right: ["https://hc-ping.com/01234567-89ab-cdef-0123-456789abcdef", "https://example.org/a.b_c~d/e"],
    wrong: [
      "http://hc-ping.com/0123",
      "https://hc-ping.com",
      "https://hc-ping.com/",
      "https://name:password@hc-ping.com/0123",
      "https://hc-ping.com:8080/0123",
      "hc-ping.com/0123",
    ],
  },
];

describe.each(cases)("$description", ({ shape: { description, pattern }, description: words, right, wrong }) => {
  const expression = new RegExp(pattern);

  test("is what the shape says", () => {
    expect(description).toBe(words);
  });

  test.each(right)("is %s", (value) => {
    expect(expression.test(value)).toBe(true);
  });

  test.each([...wrong, ""])("is not '%s'", (value) => {
    expect(expression.test(value)).toBe(false);
  });

  test("is a whole value, without anything around it", () => {
    const around = right.flatMap((value) => [` ${value}`, `${value} `, `${value}\n`, `x\n${value}`, `"${value}"`]);

    expect(around.filter((value) => expression.test(value))).toEqual([]);
  });
});

test("every shape is shown above", () => {
  const shown = cases.map(({ shape }) => shape);

  expect(Object.values(shapes).filter((each) => typeof each === "object" && !shown.includes(each))).toEqual([]);
});

import { withGeneratedParts } from "../../../ops/docs/generated-parts";
import { GENERATED } from "../../../ops/docs/markdown";
import { failureOf } from "../../support/testing";

const PATH = "docs/page.md";
const PAGE = `# Page

<!-- begin: one -->
what was there
<!-- end -->

By people.

<!-- begin: two -->
<!-- end -->
`;

const rendered = (page: string) => withGeneratedParts(PATH, page, { one: "| 1 |", two: "| $& |" });

test("the parts are written between their markers, and the rest stays", () => {
  expect(rendered(PAGE)).toBe(`# Page

<!-- begin: one -->

${GENERATED}

| 1 |

<!-- end -->

By people.

<!-- begin: two -->

${GENERATED}

| $& |

<!-- end -->
`);
});

test("what was written once stays as it is", () => {
  const once = rendered(PAGE);

  expect(rendered(once)).toBe(once);
});

test.each([
  {
    wrong: "a page without markers",
    page: "# Page\n",
    faults: [
      "<!-- begin: one -->: it is there 0 times; write it once, and <!-- end --> where the part ends",
      "<!-- begin: two -->: it is there 0 times; write it once, and <!-- end --> where the part ends",
    ],
  },
  {
    wrong: "a part that is there twice",
    page: `${PAGE}\n<!-- begin: two -->\n<!-- end -->\n`,
    faults: ["<!-- begin: two -->: it is there 2 times; write it once, and <!-- end --> where the part ends"],
  },
  {
    wrong: "a part without an end before the next",
    page: PAGE.replace("what was there\n<!-- end -->\n", ""),
    faults: ["<!-- begin: one -->: it has no end; write <!-- end --> where the part ends"],
  },
  {
    wrong: "a part without an end at all",
    page: PAGE.replace(/<!-- end -->\n$/, ""),
    faults: ["<!-- begin: two -->: it has no end; write <!-- end --> where the part ends"],
  },
  {
    wrong: "an end of nothing",
    page: `<!-- end -->\n${PAGE}`,
    faults: ["<!-- end -->: it ends no part; remove it"],
  },
  {
    wrong: "a part that nobody writes",
    page: `${PAGE}\n<!-- begin: three -->\n<!-- end -->\n`,
    faults: ["<!-- begin: three -->: there is no such part; the parts are one, two"],
  },
])("$wrong is refused", ({ page, faults }) => {
  expect(
    failureOf(() => rendered(page))
      .split("\n  - ")
      .slice(1),
  ).toEqual(faults);
});

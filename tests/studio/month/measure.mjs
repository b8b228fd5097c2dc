// How well the gaps are grouped: node tests/studio/month/measure.mjs [odd|even|all] [SEED]. The even
// families are held out. Needs build/release/bin/askus-faq.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kept, makeMonth, pairs, readFamilies } from "./month.mjs";

const BIN = process.env.ASKUS_BIN ?? "build/release/bin";

/**
 * @param {"odd" | "even" | "all"} half
 * @param {number} [seed]
 * @param {boolean} [isTold] prints what was grouped wrongly
 */
export function measure(half, seed, isTold = false) {
  const families = readFamilies().filter(
    ({ number }) => half === "all" || (number % 2 === 1) === (half === "odd"),
  );
  /** @type {Map<string, {text: string, language: string, searched: number, family: number}>} */
  const questions = new Map();
  for (const { text: typed, language, family } of makeMonth(families, { seed })) {
    const text = kept(typed);
    if (!text) continue;
    const key = `${language}\n${text}`;
    const known = questions.get(key);
    if (known) known.searched += 1;
    else questions.set(key, { text, language, searched: 1, family });
  }
  const list = [...questions.values()];
  const folder = mkdtempSync(join(tmpdir(), "askus-month-"));
  try {
    const file = join(folder, "questions.jsonl");
    const lines = list.map(({ family: _, ...question }) => JSON.stringify(question));
    writeFileSync(file, lines.join("\n"));
    const args = ["gaps", "web/demo/faq.csv", file, "--site", "web/demo/site.json", "--json"];
    const started = performance.now();
    const report = JSON.parse(
      execFileSync(join(BIN, "askus-faq"), args, { encoding: "utf8", maxBuffer: 1 << 28 }),
    );
    const seconds = (performance.now() - started) / 1000;
    /** @type {number[]} */
    const group = [];
    report.groups.forEach((/** @type {any} */ { questions: members }, /** @type {number} */ g) => {
      for (const q of members) group[q] = g;
    });
    const truth = list.map(({ family }) => family);
    if (isTold) tell(report, list);
    const sum = list.reduce((all, { searched }) => all + searched, 0);
    return {
      ...pairs(truth, group),
      ...{ questions: list.length, groups: report.groups.length, families: families.length },
      ...{ seconds, isExact: sum === report.n },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {any} report @param {{text: string, family: number}[]} list */
function tell(report, list) {
  for (const { n, languages, questions } of report.groups) {
    /** @type {Map<number, string[]>} */
    const of = new Map();
    for (const q of questions) {
      const { family, text } = list[q];
      of.set(family, [...(of.get(family) ?? []), text]);
    }
    const parts = [...of].map(([family, texts]) => `${family}: ${texts.slice(0, 4).join(" | ")}`);
    console.log(`${n} ${languages[0].text}\n   ${parts.join("\n   ")}`);
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [half = "even", seed, told] = process.argv.slice(2);
  const figures = measure(/** @type {any} */ (half), Number(seed) || undefined, told === "told");
  console.log(JSON.stringify(figures));
}

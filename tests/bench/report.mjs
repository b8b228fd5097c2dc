// The figures of a bench run as Markdown: node report.mjs BENCH-FOLDER
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const folder = process.argv[2];
const OURS = "askus";
const NOISES = ["typo", "layout", "translit", "prefix"];

const runs = readdirSync(join(folder, "out"))
  .filter((name) => name.startsWith("dev.") && name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(folder, "out", name), "utf8")))
  .filter((run) => !run.fail && !run.adapter.endsWith("-ref"));
const sets = [...new Set(runs.map((run) => run.set))].sort();

const three = (value) => (value === undefined ? "–" : value.toFixed(3));
const kilobytes = (bytes) => (bytes / 1024).toFixed(1);
const row = (cells) => `| ${cells.join(" | ")} |`;

/** The best of the libraries by `figure`, higher is better. */
function best(libraries, figure) {
  const known = libraries.filter((run) => figure(run) !== undefined);
  return known.sort((a, b) => figure(b) - figure(a))[0];
}

/** Those that got through as many of these questions as ours in the time that the bench gives. */
const through = (libraries, ours, questions) =>
  libraries.filter((run) => questions(run)?.n >= questions(ours)?.n);

/** Ours, then the best library's with its name. Bold where ours is not behind. */
function against(ours, libraries, figure) {
  const mine = figure(ours);
  if (mine === undefined) return "–";
  const other = best(libraries, figure);
  const shown = other && mine < figure(other) ? three(mine) : `**${three(mine)}**`;
  return other ? `${shown} / ${three(figure(other))} ${other.adapter}` : shown;
}

/** Brotli 11 of the texts that any search of the set has to show. */
function textBytes(set) {
  const lines = readFileSync(join(folder, "data", set, "topics.jsonl"), "utf8").split("\n");
  const texts = lines.filter(Boolean).map((line) => {
    const { title, body, tags } = JSON.parse(line);
    return [title, body, ...tags].join("\n");
  });
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return brotliCompressSync(Buffer.from(texts.join("\n")), { params }).length;
}

/** What a library would send: the texts and the smallest index within .05 of the best MRR@5. */
function libraryBytes(set, libraries) {
  const top = best(libraries, (run) => run.clean.mrr5).clean.mrr5;
  const good = libraries.filter((run) => run.clean.mrr5 >= top - 0.05 && run.index?.br > 0);
  return textBytes(set) + Math.min(...good.map((run) => run.index.br));
}

function versions() {
  const names = Object.keys(
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).dependencies,
  );
  return names.map((name) => {
    const path = join(folder, "node_modules", name, "package.json");
    return `${name} ${existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).version : "?"}`;
  });
}

const relevance = [];
const noise = [];
const costs = [];
for (const set of sets) {
  const ours = runs.find((run) => run.set === set && run.adapter === OURS);
  if (!ours) continue;
  const others = runs.filter((run) => run.set === set && run.adapter !== OURS);
  const libraries = through(others, ours, (run) => run.clean);
  relevance.push(
    row([
      set,
      String(ours.topics),
      String(ours.clean.n),
      against(ours, libraries, (run) => run.clean.mrr5),
      against(ours, libraries, (run) => run.clean.r1),
      against(ours, libraries, (run) => run.clean.r5),
      against(ours, libraries, (run) => run.clean.ndcg10),
    ]),
  );
  if (ours.noise.typo)
    noise.push(
      row([
        set,
        three(ours.clean.r5),
        ...NOISES.map((kind) =>
          against(
            ours,
            through(others, ours, (run) => run.noise[kind]),
            (run) => run.noise[kind].r5,
          ),
        ),
      ]),
    );
  const quickest = [...libraries].sort((a, b) => a.lat_us.p95 - b.lat_us.p95)[0];
  const leader = best(libraries, (run) => run.clean.mrr5);
  costs.push(
    row([
      set,
      `${ours.lat_us.p50.toFixed(0)} / ${ours.lat_us.p95.toFixed(0)}`,
      leader ? `${leader.lat_us.p95.toFixed(0)} ${leader.adapter}` : "–",
      quickest ? `${quickest.lat_us.p95.toFixed(0)} ${quickest.adapter}` : "–",
      ours.load_ms.toFixed(1),
      leader ? leader.load_ms.toFixed(1) : "–",
      kilobytes(ours.index.br),
      libraries.length ? kilobytes(libraryBytes(set, libraries)) : "–",
    ]),
  );
}

const optional = (name) => {
  const path = join(folder, "out", name);
  return existsSync(path) ? readFileSync(path, "utf8").trim() : "not run";
};
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"]).toString().trim();

console.log(`# Benchmarks: search beside other libraries

Written by \`scripts/bench\`, which anyone can run who has a bench folder; commit ${commit}, ${new Date().toISOString().slice(0, 10)}, ${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.versions.node}. The questions are the tuning part of the sets: the constants of shared/search/constants.h were chosen with them. Times are of a shared machine: only those of one row are comparable.

Ours is the shipped wasm module with a snapshot that \`askus-faq build\` made. Each cell has ours and the best library's for just that column; bold where none is ahead; a library that did not get through all questions in the bench's time (15 seconds, 7 for a kind of noise) is not counted there. Libraries: ${versions().join(", ")}.

## Relevance
${row(["set", "topics", "questions", "MRR@5", "R@1", "R@5", "nDCG@10"])}
${row(Array(7).fill("---"))}
${relevance.join("\n")}

## Noise (R@5)
typo: 30 % of the words; layout: typed on a QWERTY layout; translit: in Latin letters; prefix: the last word cut to 60 %.

${row(["set", "clean", ...NOISES])}
${row(Array(6).fill("---"))}
${noise.join("\n")}

## Time and bytes
Query in µs, warm; load: the bytes in memory to the first answer, ms; bytes under Brotli 11 in KB: our snapshot (texts, index and concepts in one), against the texts and the smallest index of a library that can keep one and is within .05 of the best MRR@5.

${row(["set", "ours p50 / p95", "most relevant library p95", "quickest p95", "our load", "that library's", "our KB", "libraries' KB"])}
${row(Array(8).fill("---"))}
${costs.join("\n")}

## Two keywords, one misspelt, one unfinished
\`\`\`
${optional("kw.txt")}
\`\`\`

## Probes
Apostrophes, case forms, layouts and the like, one question each.

\`\`\`
${optional("probe.txt")}
\`\`\``);

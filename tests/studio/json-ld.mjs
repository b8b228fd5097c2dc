// What structured data must have, as JSON Schema: the properties that Google's documentation names
// as required or recommended for each type that we write, with the types that schema.org gives them.
// Sources (read in November 2026):
//   FAQPage     developers.google.com/search/docs/appearance/structured-data/faqpage
//   Breadcrumbs developers.google.com/search/docs/appearance/structured-data/breadcrumb
//   WebSite     developers.google.com/search/docs/appearance/site-names
//   types       schema.org/FAQPage, /Question, /Answer, /BreadcrumbList, /ListItem, /WebSite,
//               /CollectionPage, /Organization, /Person
import { Ajv2020 } from "ajv/dist/2020.js";

const text = { type: "string", minLength: 1 };
const address = { type: "string", pattern: "^https?://[^\\s]+$" };

/**
 * A type of schema.org: what it must have, what else it may have.
 * @param {string} type
 * @param {Record<string, object>} required
 * @param {Record<string, object>} [optional]
 */
const node = (type, required, optional = {}) => ({
  type: "object",
  additionalProperties: false,
  required: ["@type", ...Object.keys(required)],
  properties: { "@type": { const: type }, ...required, ...optional },
});

const organisation = node("Organization", { name: text });
const person = node("Person", { name: text }, { jobTitle: text });
// "The full answer to the question. The answer may contain HTML": only these elements.
const answer = node(
  "Answer",
  {
    text: {
      type: "string",
      not: {
        pattern: "<(?!/?(?:h[1-6]|br|ol|ul|li|a|p|div|b|strong|i|em|img)\\b)",
      },
    },
  },
  { author: person },
);
const question = node("Question", { name: text, acceptedAnswer: answer });
const page = { "@id": address, url: address, name: text, inLanguage: text };
const faq = node(
  "FAQPage",
  { ...page, mainEntity: { type: "array", minItems: 1, items: question } },
  { dateModified: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\d$" }, publisher: organisation },
);
const item = node("ListItem", {
  position: { type: "integer", minimum: 1 },
  name: text,
  item: address,
});
// "at least two ListItems"
const breadcrumbs = node("BreadcrumbList", {
  itemListElement: { type: "array", minItems: 2, items: item },
});
const site = node("WebSite", page, { description: text, publisher: organisation });
const collection = node("CollectionPage", page);

/** Of each kind of page: what its graph holds, in this order. */
const GRAPHS = {
  start: [site],
  category: [collection, breadcrumbs],
  topic: [faq, breadcrumbs],
};

const ajv = new Ajv2020({ strict: false, allErrors: true });

/**
 * What is wrong with a page's structured data; empty: nothing.
 * @param {keyof typeof GRAPHS} kind
 * @param {string} json
 * @returns {string[]}
 */
export function judgeJsonLd(kind, json) {
  const graph = GRAPHS[kind];
  const schema = {
    type: "object",
    additionalProperties: false,
    required: ["@context", "@graph"],
    properties: {
      "@context": { const: "https://schema.org" },
      "@graph": {
        type: "array",
        prefixItems: graph,
        minItems: graph.length,
        maxItems: graph.length,
      },
    },
  };
  const data = JSON.parse(json);
  const validate = ajv.compile(schema);
  const wrong = validate(data)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  /** @type {{position: number}[]} */
  const list = data["@graph"]?.[1]?.itemListElement ?? [];
  if (list.some((entry, i) => entry.position !== i + 1)) wrong.push("positions do not count");
  return wrong;
}

// What a site may write, and what not, checked by tsc against web/loader/askus.d.ts; never run. A
// line that is expected to be wrong, and is accepted, is an error.
import "../../web/loader/askus.js";

const { AskUs } = window;
AskUs("init", { site: "demo", side: "bubble left", colour: "#0f766e" });
AskUs("open", document.body);
AskUs("article", "no-internet");
AskUs("identify", { id: "u-1", name: "Марія", contact: "maria@example.org", identity: "a.b" });
AskUs("prefill", { kind: "problem", title: "" });
AskUs("on", "search", ({ query, found }) => console.log(query.length, !found));
AskUs("once", "ready", () => AskUs("close"));
const state: "off" | "closed" | "open" = AskUs("info").state;
addEventListener("askus:request-sent", ({ detail }) => console.log(detail.number + 1, state));

// @ts-expect-error no such verb
AskUs("opne");
// @ts-expect-error no such side
AskUs("init", { side: "middle" });
// @ts-expect-error a query is needed
AskUs("search");
// @ts-expect-error no such event
AskUs("on", "sent", () => {});
// @ts-expect-error helpful has no number
AskUs("on", "helpful", ({ number }) => number);
// @ts-expect-error a mood is one of three
AskUs("prefill", { mood: "angry" });

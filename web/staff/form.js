// Forms: fields with their labels, hints and errors, one way for all of them. What the server says
// is wrong with a field stands beside it, the rest above the button; the first wrong field gets the
// focus.
import { h, newId } from "./dom.js";
import { t } from "./texts.js";

/** @typedef {import("./api.js").Answer} Answer */

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {HTMLElement} element with everything that belongs to it
 * @property {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} input
 * @property {(text: string) => void} fail shows what is wrong; "": nothing
 * @property {() => unknown} value
 */

/**
 * @param {string} name of the member that is sent
 * @param {string} label
 * @param {Record<string, any>} [props] of the input
 * @param {{hint?: string, options?: [string, string][], lines?: boolean}} [more]
 * @returns {Field}
 */
export function field(name, label, props = {}, { hint, options, lines } = {}) {
  const id = newId();
  const hintId = `${id}h`;
  const errorId = `${id}e`;
  const all = { id, name, "aria-describedby": hint ? `${hintId} ${errorId}` : errorId, ...props };
  const input = options
    ? h(
        "select",
        all,
        options.map(([value, text]) => h("option", { value }, text)),
      )
    : lines
      ? h("textarea", all)
      : h("input", all);
  if (options && props.value !== undefined) input.value = props.value;
  const error = h("p", { class: "error", id: errorId });
  const box = props.type === "checkbox";
  const labelled = h("label", { for: id }, label);
  return {
    name,
    input,
    element: h(
      "div",
      { class: box ? "field box" : "field" },
      box
        ? [input, labelled]
        : [labelled, hint && h("p", { class: "hint", id: hintId }, hint), input],
      error,
    ),
    fail(text) {
      error.textContent = text;
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
    value: () => (box ? /** @type {HTMLInputElement} */ (input).checked : input.value),
  };
}

/** What an answer says to the person, when no field is wrong. @param {Answer} answer */
export function problemText(answer) {
  const minutes = Math.max(1, Math.ceil(answer.retryAfter / 60));
  if (answer.problem === "rate-limited") return t("problem_rate", { n: minutes });
  const name = `problem_${answer.problem.replace(/-/g, "_")}`;
  return t(name) === name ? t("problem_internal") : t(name);
}

/** Texts for what is wrong with a field: ours where there is one, by field. @type {Record<string, string>} */
const FIELD_TEXTS = {
  new_password: "wrong_new_password",
  password: "wrong_new_password",
  email: "wrong_email",
  code: "wrong_code",
  name: "wrong_name",
};

/**
 * @param {object} options
 * @param {(Field | HTMLElement)[]} options.parts
 * @param {string} options.submit the button's text
 * @param {(values: Record<string, any>) => Promise<Answer>} options.send
 * @param {(answer: Answer) => unknown} options.done
 * @param {(answer: Answer) => boolean} [options.failed] true: it has dealt with it
 * @param {string} [options.label] of the form, for who cannot see what is above it
 */
export function form({ parts, submit, send, done, failed, label }) {
  const fields = /** @type {Field[]} */ (parts.filter((part) => !(part instanceof HTMLElement)));
  const problem = h("p", { class: "error", role: "alert" });
  const button = h("button", { class: "primary", type: "submit" }, submit);
  let busy = false;
  /** @param {SubmitEvent} event */
  const onsubmit = async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    problem.textContent = "";
    for (const one of fields) one.fail("");
    const answer = await send(Object.fromEntries(fields.map((one) => [one.name, one.value()])));
    busy = false;
    button.removeAttribute("aria-disabled");
    if (answer.ok) return done(answer);
    if (failed?.(answer)) return;
    const wrong = fields.filter((one) => one.name in answer.errors);
    for (const one of wrong) one.fail(t(FIELD_TEXTS[one.name] ?? "wrong_field"));
    if (wrong.length > 0) wrong[0].input.focus();
    else problem.textContent = problemText(answer);
  };
  return h(
    "form",
    { onsubmit, novalidate: true, "aria-label": label },
    parts.map((part) => (part instanceof HTMLElement ? part : part.element)),
    problem,
    h("div", { class: "actions" }, button),
  );
}

// docs/openapi.yaml as something that judges answers.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

/** @typedef {Record<string, any>} Json */

/** Problems that any path may answer with, whatever its operation: the file's `Front`. */
const FRONT = ["bad-request", "timeout", "header-too-large", "internal", "method-not-allowed"];
/** What every answer carries (docs/http-api.md). */
const ALWAYS = {
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^no-referrer$/,
  "x-request-id": /^[0-9a-f]{16}$/,
};
/** Paths of the listener for metrics, which visitors' machines do not reach. */
export const WATCHED = ["/metrics"];

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Headers} headers
 * @property {Uint8Array} body
 */

export class Document {
  constructor(file = "docs/openapi.yaml") {
    /** @type {Json} */
    this.root = parse(readFileSync(file, "utf8"));
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    this.ajv.addSchema(this.root, "openapi");
  }

  /** Every operation as "GET /path". @returns {string[]} */
  operations() {
    const methods = ["get", "put", "post", "delete", "patch"];
    return Object.entries(this.root.paths).flatMap(([path, item]) =>
      methods.filter((method) => item[method]).map((method) => `${method.toUpperCase()} ${path}`),
    );
  }

  /**
   * The operation that a call belongs to, the longest template that fits.
   * @param {string} method
   * @param {string} path without its query
   */
  operation(method, path) {
    const fits = Object.keys(this.root.paths).filter((template) => {
      const pattern = template.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+");
      return (
        new RegExp(`^${pattern}$`).test(path) && this.root.paths[template][method.toLowerCase()]
      );
    });
    fits.sort((a, b) => b.length - a.length);
    return fits[0] && `${method} ${fits[0]}`;
  }

  /**
   * What is wrong with an answer of that operation; empty: nothing.
   * @param {string} operation
   * @param {Answer} answer
   * @returns {string[]}
   */
  judge(operation, { status, headers, body }) {
    const [method, path] = operation.split(" ");
    const pointer = `/paths/${escape(path)}/${method.toLowerCase()}/responses`;
    const responses = this.at(pointer);
    const wrong = Object.entries(ALWAYS)
      .filter(([name, value]) => !value.test(headers.get(name) ?? ""))
      .map(([name]) => `header ${name}: ${headers.get(name)}`);
    const listed = responses[status] ? String(status) : "default";
    const response = this.resolve(`${pointer}/${listed}`);
    for (const [name, header] of Object.entries(response.value.headers ?? {}))
      if (header.required && !headers.has(name)) wrong.push(`header ${name} is missing`);

    const type = (headers.get("content-type") ?? "").split(";")[0];
    if (!response.value.content) {
      if (body.length > 0) wrong.push(`${status} has a body`);
      return wrong;
    }
    if (!response.value.content[type]) return [...wrong, `${status} with type "${type}"`];
    const problem = type === "application/problem+json";
    const value = /json$/.test(type) ? JSON.parse(decode(body)) : decode(body);
    if (listed === "default" && !(problem && FRONT.includes(value.type.split("/").at(-1))))
      wrong.push(`status ${status} (${value.type}) is not listed`);
    if (problem && value.status !== status) wrong.push(`the body says ${value.status}`);
    return [...wrong, ...this.mismatches(`${response.pointer}/content/${escape(type)}`, value)];
  }

  /**
   * What of a request's body the file does not allow.
   * @param {string} operation
   * @param {string} type
   * @param {unknown} value
   */
  judgeRequest(operation, type, value) {
    const [method, path] = operation.split(" ");
    const body = `/paths/${escape(path)}/${method.toLowerCase()}/requestBody`;
    return this.mismatches(`${body}/content/${escape(type)}`, value);
  }

  /** @param {string} pointer of a media type @param {unknown} value @returns {string[]} */
  mismatches(pointer, value) {
    if (!this.at(pointer).schema) return [];
    const validate = this.ajv.getSchema(`openapi#${encodeURI(pointer)}/schema`);
    if (!validate) return [`no schema at ${pointer}`];
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  /** @param {string} pointer @returns {Json} */
  at(pointer) {
    return pointer
      .split("/")
      .slice(1)
      .reduce((json, key) => json[key.replace(/~1/g, "/").replace(/~0/g, "~")], this.root);
  }

  /** Follows one reference. @param {string} pointer */
  resolve(pointer) {
    const value = this.at(pointer);
    return value.$ref
      ? { pointer: value.$ref.slice(1), value: this.at(value.$ref.slice(1)) }
      : { pointer, value };
  }
}

/** A key as a part of a JSON pointer. @param {string} key */
const escape = (key) => key.replace(/~/g, "~0").replace(/\//g, "~1");
/** @param {Uint8Array} bytes */
const decode = (bytes) => new TextDecoder().decode(bytes);

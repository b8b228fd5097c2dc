// In the form: pictures to be sent with the request, chosen, pasted or dropped. What handles them is
// a chunk of its own, fetched with the first.
import * as P from "../panel/protocol.js";
import * as K from "./keys.js";
import * as N from "./nodes.js";

export class PicturesPart {
  /** @type {import("../pictures/pictures.js").Picture[]} */
  #list = [];
  /** How many are being made ready. */
  #busy = 0;
  #isLasting = true;
  /** Name of the text that says what went wrong last. */
  #problem = "";
  #wasDrawn = "";
  /** Whether the form is on the screen. */
  isShown = false;
  /** Tells the core that the draft has begun. */
  begin = () => {};

  /** @param {import("./more.js").App} app */
  constructor(app) {
    this.app = app;
    document.addEventListener("paste", (event) => this.#take(event, event.clipboardData));
    document.addEventListener("drop", (event) => this.#take(event, event.dataTransfer));
    document.addEventListener("dragover", (event) => {
      if (this.isShown && event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  }

  /** @returns {import("./nodes.js").Branch[]} */
  draw() {
    const { t, size, storage } = this.app;
    const names = storage.get(this.app.listName());
    if (names !== this.#wasDrawn) void this.#read();
    this.#wasDrawn = names;
    return [
      N.region(
        N.REGION.stack,
        [
          this.#list.length > 0 &&
            N.make(
              P.LIST,
              { style: 2 },
              this.#list.map((picture, i) =>
                N.make(P.ITEM, { key: N.keyOf(K.ATTACH, i + 1) }, [
                  N.region(N.REGION.row, [
                    N.make(P.PICTURE, { value: picture.url }),
                    N.text(N.TEXT.hint, size(picture.size)),
                    N.button(
                      N.BUTTON.icon,
                      N.keyOf(K.REMOVE, i),
                      t("remove_picture", { n: i + 1 }),
                      {
                        number: N.ICON.close,
                      },
                    ),
                  ]),
                ]),
              ),
            ),
          N.region(N.REGION.row, [
            N.button(N.BUTTON.ghost, N.keyOf(K.ATTACH), t("attach")),
            this.#list.length === 0 && N.text(N.TEXT.hint, t("attach_hint")),
          ]),
          N.make(P.STATUS, {
            ...{ key: N.keyOf(K.PICTURES_STATUS), label: this.#busy > 0 ? t("picture_busy") : "" },
          }),
          this.#problem && N.make(P.ALERT, { label: t(this.#problem) }),
          !this.#isLasting && N.text(N.TEXT.hint, t("pictures_unkept")),
        ],
        { label: t("pictures") },
      ),
    ];
  }

  /** @param {number} action @param {number} index @returns {number} the action to focus, 0: none */
  event(action, index) {
    if (action === K.ATTACH) this.#choose();
    if (action !== K.REMOVE) return 0;
    const picture = this.#list[index];
    this.#problem = "";
    if (picture) {
      void this.app.pictures().then((pictures) => pictures.remove(picture.name).then(this.#read));
    }
    return K.ATTACH;
  }

  #choose() {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/*";
    input.multiple = true;
    input.addEventListener("change", () => void this.#add([...(input.files ?? [])]));
    input.click();
  }

  /** @param {Event} event @param {DataTransfer | null} data */
  #take(event, data) {
    const files = [...(data?.files ?? [])];
    if (!this.isShown || files.length === 0) return;
    event.preventDefault();
    void this.#add(files);
  }

  /** @param {File[]} files */
  async #add(files) {
    if (files.length === 0) return;
    this.#problem = "";
    this.#busy += files.length;
    this.app.draw();
    for (const file of files) {
      const outcome = await this.app
        .pictures()
        .then((pictures) => pictures.add(file))
        .catch(() => "unreachable");
      this.#busy--;
      if (outcome === "added") this.begin();
      else this.#problem = PROBLEMS[outcome] ?? "unreachable";
      await this.#read().catch(() => {});
    }
  }

  #read = async () => {
    const pictures = await this.app.pictures();
    const { pictures: list, lost } = await pictures.list();
    if (lost > 0) this.#problem = "picture_lost";
    this.#list = list;
    this.#isLasting = pictures.isLasting;
    this.#wasDrawn = this.app.storage.get(this.app.listName());
    this.app.draw();
  };

  /** The draft is gone, or something was sent. */
  async sweep() {
    this.#problem = "";
    if (this.#list.length > 0) await (await this.app.pictures()).sweep();
  }

  /** The server has not what a request names: what is lost here is taken off the list. */
  check() {
    void this.#read();
  }

  forget() {
    this.#list = [];
    this.#wasDrawn = this.#problem = "";
  }
}

/** @type {Record<string, string>} */
const PROBLEMS = { bad: "picture_bad", many: "pictures_many" };

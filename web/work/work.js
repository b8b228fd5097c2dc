// The proof of work as the panel loads it: the module, and how it is used. A script of its own,
// because most visitors are never asked for it.
import bytes from "askus-work";
import { makePay } from "./pay.js";

export const pay = makePay(bytes);

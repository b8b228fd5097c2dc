// Joins the panel's page with the social network around it: a chunk of its own, on the pages that
// the server writes for social networks alone, and the first script there.
import { showHint } from "./hint.js";
import { startVk } from "./vk.js";

/**
 * What the server has written into the page's configuration.
 * @typedef {object} Social
 * @property {"vk" | "facebook"} channel
 * @property {string} token whom the network vouches for; the panel shows it with a request
 * @property {{title: string, text: string}} [hint] for who administrates the community or the page
 */

const block = document.getElementById("askus-config");
/** @type {Social} */
const social = JSON.parse(block?.textContent ?? "").social;
// The bridge has read the query already. It is signed, and good for others for a while: no link,
// no error report and no step back shall carry it on.
const launch = new URLSearchParams(location.search);
history.replaceState(history.state, "", location.pathname + location.hash);
if (social.channel === "vk") startVk(launch);
if (social.hint) showHint(social.hint);

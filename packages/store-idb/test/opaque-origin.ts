import { StoreUnavailableError } from "@fmtc/core";
import { openIdbStore } from "../src/index.ts";
import { rejectionOf } from "./test-database.ts";

/** In a frame of its own: tells the page how opening fails. */
const error = await rejectionOf(openIdbStore("opaque"));
parent.postMessage({ isUnavailable: StoreUnavailableError.isInstance(error), message: String(error) }, "*");

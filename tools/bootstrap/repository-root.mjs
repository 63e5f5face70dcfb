import { fileURLToPath } from "node:url";

/** The top folder of this clone. */
export const repositoryRoot = fileURLToPath(new URL("../..", import.meta.url));

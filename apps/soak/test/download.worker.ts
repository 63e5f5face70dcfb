import { downloadInPage, type PageTask } from "./download-in-page.ts";

addEventListener("message", async ({ data }: MessageEvent<PageTask>) => postMessage(await downloadInPage(data)));

import type { IncomingHttpHeaders } from "node:http";
import type { StoreStats } from "@fmtc/core";
import { formatBytes } from "../output/format-bytes.ts";
import { formatCount } from "../output/format-count.ts";
import type { Answer } from "./answer.ts";
import { baseUrlOf } from "./base-url.ts";
import { documentAnswer } from "./document-answer.ts";
import { escapeHtml } from "./escape-html.ts";
import type { MapService } from "./map-service.ts";
import { type TileAddress, tileAddresses } from "./tile-addresses.ts";

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
  h1 { font-size: 1.4em; } h2 { font-size: 1.15em; margin: 1.6em 0 0; } h3 { font-size: 1em; margin: .8em 0 0; }
  code { display: block; margin: .3em 0; padding: .35em .6em; background: #8882; border-radius: .3em; overflow-x: auto;
    white-space: nowrap; user-select: all; }
  p { margin: .3em 0; opacity: .75; }
`;

/** A page that lists what there is, with URLs to copy: a click selects one. */
export async function answerIndex(headers: IncomingHttpHeaders, service: MapService): Promise<Answer> {
  const baseUrl = baseUrlOf(headers, service.ownUrl());
  const sections: string[] = [];
  for (const name of await service.stores()) sections.push(await sectionOf(service, name, baseUrl));
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Maps from fmtc</title>
<style>${STYLE}</style>
<h1>Maps from fmtc</h1>
${sections.length === 0 ? "<p>There is no store.</p>" : sections.join("\n")}
</html>
`;
  return documentAnswer(
    html,
    {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      "x-content-type-options": "nosniff",
    },
    headers,
  );
}

async function sectionOf(service: MapService, name: string, baseUrl: string): Promise<string> {
  const stats = await service.store.stores.stats(name);
  const addresses = await tileAddresses(service, name);
  const parts = addresses.map((address) => partOf(address, baseUrl)).join("\n");
  return `<h2>${escapeHtml(name)}</h2>\n<p>${sizeOf(stats)}</p>\n${parts}`;
}

function partOf({ source, tiles, tileJson }: TileAddress, baseUrl: string): string {
  const urlOf = (path: string) => `<code>${escapeHtml(baseUrl + path)}</code>`;
  return `<h3>${escapeHtml(source)}</h3>\n${urlOf(tiles)}\n${urlOf(tileJson)}`;
}

function sizeOf({ length, bytes }: StoreStats): string {
  if (length === 0) return "empty";
  return `${formatCount(length)} ${length === 1 ? "tile" : "tiles"}, ${formatBytes(bytes)}`;
}

import { type OpenServer, openServer } from "../http/open-server.ts";
import { parseTarget } from "../http/parse-target.ts";
import { send } from "../http/send.ts";
import type { Service } from "../http/service.ts";
import { jsonAnswer } from "./json-answer.ts";
import { isControl, serveControl } from "./serve-control.ts";

const HOST = "127.0.0.1";

/** The control endpoint on a port of its own, which is open when that of the map is not. For this machine only. */
export async function openControlPort(
  port: number,
  service: Service,
  onDefect: (what: string, error: unknown) => void,
): Promise<OpenServer & { readonly url: string }> {
  const server = await openServer(
    { host: HOST, port, http2: false },
    {
      onConnection: () => {},
      onExchange: (exchange) => {
        const route = parseTarget(exchange.target);
        const serving = isControl(route)
          ? serveControl(exchange, route, service, "control")
          : send(exchange, jsonAnswer(404, { error: "This port has /control, /stats and /log. The map has another." }));
        serving.catch((error) => {
          onDefect(`${exchange.method} ${exchange.target}`, error);
          exchange.disconnect();
        });
      },
    },
  );
  return { ...server, url: `http://${HOST}:${server.port}` };
}

// A whole program: one request, and the end. Arguments: where to ask, and whether to close the transport.
import { firstValueFrom } from "rxjs";
import { undiciTransport } from "../../src/index.ts";

const [, , url = "", end] = process.argv;
const transport = undiciTransport({ appId: "one-request/1.0" });
const { body } = await firstValueFrom(transport.request({ url }));
console.log(`${body.length} bytes`);
if (end === "closed") await transport.close();

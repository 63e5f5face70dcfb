import { quoted } from "../files/quoted.ts";
import { UsageError } from "../usage-error.ts";

/**
 * Whether headers can be sent at all, which would else be found tile by tile. No value is repeated.
 *
 * @throws UsageError
 */
export function assertHeaders(headers: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) {
      throw new UsageError(`Header ${quoted(name)} cannot be sent: a name has letters, digits and hyphens.`);
    }
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new UsageError(`Header ${name} holds a character that cannot be sent. Encode it, as %E2%82%AC for €.`);
    }
  }
}

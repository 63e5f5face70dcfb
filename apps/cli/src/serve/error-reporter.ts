import { reportOf } from "../error-report.ts";
import type { Output } from "../output/output.ts";

/** Says what goes wrong. As it goes wrong with the next tile as well, it is said once, until something else does. */
export function errorReporter(output: Pick<Output, "error">): (error: unknown) => void {
  let said = "";
  return (error) => {
    const { message, code } = reportOf(error);
    if (message !== said) output.error(message, { error: { code, message } });
    said = message;
  };
}

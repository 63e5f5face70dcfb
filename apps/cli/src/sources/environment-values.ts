import { UsageError } from "../usage-error.ts";

/**
 * A text with `$NAME` replaced by what the environment has under this name, and `$$` by a dollar.
 *
 * @throws UsageError that names the variable if there is none, or the field if a dollar stands alone.
 */
export function withEnvironment(
  text: string,
  field: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  return text.replace(/\$(\$|[A-Za-z_]\w*|)/g, (_, name: string) => {
    if (name === "$") return "$";
    if (name === "") throw new UsageError(`${field} holds a $ without a name. Write $$ for a dollar.`);
    const value = env[name];
    if (value !== undefined && value !== "") return value;
    throw new UsageError(`${field} needs $${name}, but the environment has none. Set it: export ${name}=…`);
  });
}

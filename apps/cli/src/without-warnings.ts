/** Keeps Node's warnings that a part of it is experimental from users, who can do nothing about it. All others are shown. */
export function withoutWarnings(host: NodeJS.Process): void {
  const emit = host.emitWarning.bind(host);
  const isExperimental = (warning: string | Error, kind: unknown): boolean => {
    const name =
      warning instanceof Error
        ? warning.name
        : typeof kind === "object" && kind !== null && "type" in kind
          ? kind.type
          : kind;
    return name === "ExperimentalWarning";
  };
  host.emitWarning = ((warning: string | Error, kind: string, ...others: []) => {
    if (!isExperimental(warning, kind)) emit(warning, kind, ...others);
  }) as typeof host.emitWarning;
}

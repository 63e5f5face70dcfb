/** Why a server cannot listen there, as a sentence; undefined if that is not what is wrong. */
export function listenProblem(
  error: unknown,
  host: string,
  port: number,
): { readonly code: string; readonly message: string } | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
  if (!["listen", "getaddrinfo", "bind"].includes(String(error.syscall))) return undefined;
  const code = String(error.code);
  return { code, message: sentenceOf(code, host, port) };
}

function sentenceOf(code: string, host: string, port: number): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is taken by another program: give another --port, or --port 0 for any that is free.`;
    case "EACCES":
      return `Port ${port} is not for everybody to listen at: give another --port, such as 8080.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EINVAL":
      return `${JSON.stringify(host)} is no address of this machine: give another --host, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return `It cannot listen at port ${port} of ${host} (${code}).`;
  }
}

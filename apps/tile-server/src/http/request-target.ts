/** The target of a request, apart from whom it is addressed to. */
export interface RequestTarget {
  /** Path and query. */
  readonly target: string;
  readonly authority: string | undefined;
}

/**
 * A target that is a whole address, as clients send it to proxies, is one of this server's, too (RFC 9112, section 3.2.2).
 * Then what it says of the host counts, and not the header `Host`. Any other stays as it was sent.
 */
export function requestTarget(sent: string, host: string | undefined): RequestTarget {
  const absolute = /^https?:\/\/([^/?#@]+)(?=[/?]|$)/i.exec(sent);
  if (absolute === null) return { target: sent, authority: host };
  const target = sent.slice(absolute[0].length);
  return { target: target.startsWith("/") ? target : `/${target}`, authority: absolute[1] };
}

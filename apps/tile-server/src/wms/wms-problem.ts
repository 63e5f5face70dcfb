/** A request that WMS answers with an exception in XML. */
export class WmsProblem extends Error {
  override readonly name = "WmsProblem";
  /** As the standard names it; some problems have no code. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** The exception as each version of WMS writes it. */
export function wmsException(problem: WmsProblem, version: string): { body: Buffer; contentType: string } {
  const code = problem.code === undefined ? "" : ` code="${problem.code}"`;
  const exception = `<ServiceException${code}>${escapeXml(problem.message)}</ServiceException>`;
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
  if (version === "1.3.0") {
    const report = `<ServiceExceptionReport version="1.3.0" xmlns="http://www.opengis.net/ogc">${exception}</ServiceExceptionReport>`;
    return { body: Buffer.from(`${declaration}\n${report}\n`), contentType: "text/xml" };
  }
  const report = `<ServiceExceptionReport version="1.1.1">${exception}</ServiceExceptionReport>`;
  return { body: Buffer.from(`${declaration}\n${report}\n`), contentType: "application/vnd.ogc.se_xml" };
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

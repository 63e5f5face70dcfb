import { SaxesParser } from "saxes";
import { quote } from "./quote.ts";
import { TrackError } from "./track-error.ts";
import { assertIsXml, assertRootIs, type Format } from "./wrong-file.ts";

/** An element at its start tag. Its name is without prefix: what programs call `gx:Track` is a `Track`. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Where its start tag ends, counted from 1. */
  readonly line: number;
}

export interface XmlVisitor {
  readonly open: (element: XmlElement) => void;
  /** `text` is the element's own, after its last child. */
  readonly close?: (name: string, text: string) => void;
}

/** Real files nest a dozen elements or two: folders within folders. */
const MAX_DEPTH = 100;

/**
 * Goes over the elements of an XML text in their order, in time and memory proportional to its length.
 *
 * Entities of a DOCTYPE are not expanded, and nothing is fetched. Namespaces are not looked at, as files in the wild
 * often lack the declarations or have wrong ones.
 *
 * @throws TrackError where the text is not well-formed, or its root element is that of another format.
 */
export function readXml(text: string, format: Format, visitor: XmlVisitor): void {
  // Also takes away a byte order mark.
  const source = typeof text === "string" ? text.trimStart() : text;
  assertIsXml(source, format);
  const lineOffset = lineBreaks(text.slice(0, text.length - source.length));
  const parser = new SaxesParser({ xmlns: false, position: true });
  let depth = 0;
  let own = "";

  parser.on("opentag", (tag) => {
    const element = { name: localName(tag.name), attributes: tag.attributes, line: parser.line + lineOffset };
    if (depth === 0) assertRootIs(element.name, format);
    if (++depth > MAX_DEPTH) {
      const { line } = element;
      throw new TrackError(`elements are nested more than ${MAX_DEPTH} deep, as no ${format} has them.`, { line });
    }
    own = "";
    visitor.open(element);
  });
  parser.on("text", (part) => {
    own += part;
  });
  parser.on("cdata", (part) => {
    own += part;
  });
  parser.on("closetag", (tag) => {
    depth--;
    visitor.close?.(localName(tag.name), own);
    own = "";
  });
  parser.on("error", ({ message }) => {
    const problem = quote(message.replace(/^\d+:\d+: /, "").replace(/\.$/, ""), 100);
    const advice = `the ${format} is not well-formed XML, ${problem}. Is the file complete, and is it the right one?`;
    throw new TrackError(advice, { line: parser.line + lineOffset });
  });

  parser.write(source).close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function lineBreaks(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}

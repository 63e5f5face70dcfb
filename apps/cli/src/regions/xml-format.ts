/** Whether an XML text is KML, by its outermost element; what is none of both is for the reader of GPX to name. */
export function xmlFormat(text: string): "GPX" | "KML" {
  const begin = text.replace(/<!--[\s\S]*?-->/g, "");
  const [, root = ""] = /<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)/.exec(begin) ?? [];
  return root.toLowerCase() === "kml" ? "KML" : "GPX";
}

/** The text of a file, as Vitest imports it in Node and in the browser alike. */
declare module "*?raw" {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: this is how Vite hands it over.
  export default text;
}

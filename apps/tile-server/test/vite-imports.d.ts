declare module "*.css";

/** Vite gives the address of such a module in place of the module. */
declare module "*?url" {
  const url: string;
  export = url;
}

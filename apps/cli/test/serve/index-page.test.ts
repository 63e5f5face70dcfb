import { describe, expect, it } from "vitest";
import { openStore, put, serve } from "./served.ts";

describe("/", () => {
  it("lists stores and sources, with URLs to copy", async () => {
    const store = await openStore();
    await put(store, "hiking", { contentType: "image/png" });
    await put(store, "two words", { source: "a/b", z: 3, contentType: "image/png" });
    await put(store, "two words", { source: "a/b", z: 4, contentType: "image/jpeg" });
    await put(store, "two words", { source: "topo", contentType: "image/png" });
    await store.stores.create("new");
    const { url } = await serve(store);
    const answer = await fetch(url);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const html = await answer.text();
    for (const path of [
      "/hiking/{z}/{x}/{y}.png",
      "/hiking.json",
      "/two%20words/a%2Fb/{z}/{x}/{y}",
      "/two%20words/a%2Fb.json",
      "/two%20words/topo/{z}/{x}/{y}.png",
    ]) {
      expect(html).toContain(`<code>${url}${path}</code>`);
    }
    expect(html).toMatch(/<h2>hiking<\/h2>\s*<p>1 tile, 18 B<\/p>/);
    expect(html).toMatch(/<h2>new<\/h2>\s*<p>empty<\/p>/);
  });

  it("escapes what names hold, and runs nothing", async () => {
    const store = await openStore();
    await put(store, "<script>alert('&')</script>", { source: '"><img src=x onerror=alert(1)>' });
    const { url } = await serve(store);
    const answer = await fetch(url, { headers: { host: '"><script>' } });
    const html = await answer.text();
    expect(html).toContain("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;");
    expect(html).not.toMatch(/<(script|img)/);
    expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none';/);
  });

  it("says so where there is nothing", async () => {
    const { url } = await serve(await openStore());
    expect(await (await fetch(url)).text()).toContain("There is no store.");
  });
});

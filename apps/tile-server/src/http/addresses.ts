/** Where everything is, by what it is for. */
export function addresses(baseUrl: string, controlUrl: string): Readonly<Record<string, string>> {
  return {
    xyz: `${baseUrl}/xyz/{z}/{x}/{y}.png`,
    xyzWebp: `${baseUrl}/xyz/{z}/{x}/{y}.webp`,
    xyz2x: `${baseUrl}/xyz/{z}/{x}/{y}@2x.png`,
    xyz512: `${baseUrl}/xyz/512/{z}/{x}/{y}.png`,
    xyzMarked: `${baseUrl}/xyz/{z}/{x}/{y}.png?graticule=1&labels=1`,
    tms: `${baseUrl}/tms/{z}/{x}/{y}.png`,
    wms: `${baseUrl}/wms?service=WMS&version=1.3.0&request=GetMap&layers=world&styles=&crs=EPSG:3857&format=image/png&width=256&height=256&bbox={bbox-epsg-3857}`,
    vector: `${baseUrl}/vector/{z}/{x}/{y}.pbf`,
    rasterTileJson: `${baseUrl}/xyz.json`,
    vectorTileJson: `${baseUrl}/vector.json`,
    mapLibreStyle: `${baseUrl}/style.json`,
    control: `${controlUrl}/control`,
    stats: `${controlUrl}/stats`,
    log: `${controlUrl}/log`,
  };
}

/** The addresses as lines of text, in two columns. */
export function addressLines(baseUrl: string, controlUrl: string): string[] {
  const entries = Object.entries(addresses(baseUrl, controlUrl));
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, url]) => `${name.padEnd(width)}  ${url}`);
}

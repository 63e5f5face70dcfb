/** The colours of the picture, by day and by night. */
export const pictureStyle = `
svg { --page: #fffdf8; --map: #f5f1e7; --grid: #e3dccb; --ink: #23303b; --soft: #6b7680; --blue: #2f6fb2; --amber: #c4701c; --green: #2f8f6b; --tile: 0.5; }
@media (prefers-color-scheme: dark) {
svg { --page: #12171c; --map: #191f26; --grid: #262e37; --ink: #e9edf1; --soft: #93a0ac; --blue: #6aa9ec; --amber: #eea552; --green: #5fcba0; --tile: 0.42; }
}
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; fill: var(--ink); }
.page { fill: var(--page); }
.map { fill: var(--map); }
.grid { fill: none; stroke: var(--grid); stroke-width: 1; }
.title { font-size: 30px; font-weight: 650; }
.subtitle { font-size: 17px; fill: var(--soft); }
.zoom { font-size: 19px; fill: var(--soft); }
.legend { font-size: 16px; fill: var(--soft); }
.count { font-weight: 650; fill: var(--ink); }
.tiles rect, .key rect { rx: 2.5px; fill-opacity: var(--tile); }
.tiles.circle, .key.circle { fill: var(--blue); }
.tiles.corridor, .key.corridor { fill: var(--amber); }
.tiles.shared, .key.shared { fill: var(--green); }
.outline { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
.outline.circle { stroke: var(--blue); }
.outline.corridor { stroke: var(--amber); }
.center { fill: var(--blue); }
.track { fill: none; stroke: var(--ink); stroke-width: 1.6; stroke-dasharray: 1 5; stroke-linecap: round; }
.label { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 16px; font-weight: 600; }
.label.circle { fill: var(--blue); }
.label.corridor { fill: var(--amber); }
.scale { fill: none; stroke: var(--soft); stroke-width: 2; }
`;

/** The colours of the picture: the night around the tiles of a map that is light. */
export const PALETTE = {
  page: "#16202a",
  /** Where a tile could be, and none is stored. */
  emptyGrid: "#202c38",
  tileGrid: "rgba(40, 60, 80, 0.14)",
  title: "#f4f1ea",
  text: "#a9b6c2",
  quiet: "#6f7f8e",
  circle: "#ff7043",
  corridor: "#3d7bfd",
  /** The same, as text on the page. */
  corridorText: "#7ba6ff",
  track: "#1b2a41",
  town: "#1b2a41",
  halo: "rgba(255, 255, 255, 0.85)",
} as const;

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  areaOf,
  boundsOf,
  circle,
  coverOf,
  line,
  multi,
  outlineOf,
  polygon,
  type Region,
  rectangle,
  toDownloadable,
} from "../src/index.ts";

import type { RecoverableDownload, TileSource } from "@fmtc/core";
import { quoted } from "../files/quoted.ts";
import { chooseSource } from "../sources/choose-source.ts";
import type { Config } from "../sources/config-file.ts";
import type { SourceOptions } from "../sources/source-options.ts";
import { UsageError } from "../usage-error.ts";
import { shortId } from "./short-id.ts";

/**
 * The sources of downloads, by the ids in their records: from the configuration file, or the one of `--url`.
 *
 * @throws UsageError that says what to type if one is not known.
 */
export function sourcesToResume(
  downloads: readonly RecoverableDownload[],
  options: SourceOptions,
  config: Config | undefined,
): readonly TileSource[] {
  const ids = [...new Set(downloads.map(({ region }) => region.source))];
  const [id, ...others] = ids;
  const other = ids.find((each) => options.source !== undefined && each !== options.source);
  if (other !== undefined) {
    throw new UsageError(
      `--source is ${quoted(options.source ?? "")}, but the download is of source ${quoted(other)}.`,
    );
  }
  if (options.url !== undefined && others.length > 0) {
    const several = `the downloads are of ${ids.map(quoted).join(", ")}`;
    throw new UsageError(
      `--url is that of one source, but ${several}. Go on with them one by one, or name the sources in fmtc.config.json.`,
    );
  }
  if (options.url !== undefined && id !== undefined) return [chooseSource(options, config, id)];
  for (const { id: download, region } of downloads) {
    if (config?.ids.includes(region.source)) continue;
    const where = config === undefined ? "there is no configuration file" : `${config.file} does not have it`;
    const byUrl = "the same command with --url 'https://…/{z}/{x}/{y}.png'";
    throw new UsageError(
      `Download ${shortId(download)} is of source ${quoted(region.source)}, and ${where}. Say where its tiles come from: ${byUrl}.`,
    );
  }
  return ids.map((each) => chooseSource(options, config, each));
}

/** What is wrong with a file, as the end of a sentence that begins with its name; undefined if it is not the file's fault. */
export function fileProblem(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? PROBLEMS.get(code) : undefined;
}

const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "does not exist"],
  ["EISDIR", "is a folder, but must be a file"],
  ["ENOTDIR", "does not exist: what should be its folder is a file"],
  ["EACCES", "may not be read or written by you"],
  ["EPERM", "may not be read or written by you"],
  ["EROFS", "lies on a disk that is read-only"],
  ["EMFILE", "cannot be opened: too many files are open"],
  ["ENOSPC", "cannot be written: the disk is full"],
  ["ENAMETOOLONG", "cannot be: its name is too long"],
  ["ELOOP", "cannot be found: its links go round in a circle"],
  ["EIO", "cannot be read: the disk has failed"],
]);

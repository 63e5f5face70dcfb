/** What is done when this process ends in good order, and stores are still open. */
const atExit = new Set<() => void>();

/** Does something when the process ends, unless it is taken back before. */
export function whenProcessExits(act: () => void): { readonly takeBack: () => void } {
  if (atExit.size === 0) process.on("exit", actAll);
  atExit.add(act);
  return {
    takeBack: () => {
      atExit.delete(act);
      if (atExit.size === 0) process.off("exit", actAll);
    },
  };
}

function actAll(): void {
  for (const act of atExit) act();
}

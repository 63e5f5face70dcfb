import { StoreVersionError } from "../../errors/store-version-error.ts";
import { equal, holds, rejects, ScenarioError } from "../assert.ts";
import { fill } from "../samples.ts";
import { scenariosOf } from "../scenario.ts";

export const versions = scenariosOf("versions", {
  "newer-database-is-refused-each-time": {
    needs: ["reopen", "versions"],
    run: async ({ store, connect, makeNewer }) => {
      if (makeNewer === undefined) throw new ScenarioError('A harness that supports "versions" has to give makeNewer.');
      await fill(store, "a", ["1/0/0"]);
      await store.close();
      await makeNewer();
      const { found, supported } = await rejects(connect, StoreVersionError, "the first attempt");
      holds(found > supported, "the version that was found is beyond the one that is known");
      const again = await rejects(connect, StoreVersionError, "the second attempt");
      equal([again.found, again.supported], [found, supported], "the versions at the second attempt");
    },
  },
});

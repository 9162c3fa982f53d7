import type { ClaimResult, TargetStore } from '../engine/state.js';
import { type Claim, insertClaims, ownerOf } from './claims.js';
import { rowContended, stateDefect } from './faults.js';
import { encodeKey, shardOf } from './keys.js';
import { type Partitions, tableNames } from './names.js';
import { settleAll } from './settle.js';
import type { StoredEntity, Tables } from './tables.js';
import { createUserNames } from './userNames.js';

/** Claims of a whole page in transactions by shard, which costs a tenth of one by one. */
export interface TargetClaims extends TargetStore {
  /** The results stand as the claims do. Of two claims to one target in a call the first is made first. */
  claimAll(claims: readonly Claim[]): Promise<readonly ClaimResult[]>;
}

const maxAttempts = 5;

/** Table `Targets`: which source object owns a Zoom account. A claim is inserted, so that one of two wins. */
export const createTargetStore = (tables: Tables, partitions: Partitions): TargetClaims => {
  const table = tables.table(tableNames.targets);
  const partitionOf = (targetId: string): string => partitions.targets(shardOf(targetId));
  const read = (targetId: string): Promise<StoredEntity | null> =>
    table.get(partitionOf(targetId), encodeKey(targetId));

  const claimOne = async (claim: Claim): Promise<ClaimResult> => {
    const [made] = await insertClaims(table, partitionOf(claim.targetId), [claim]);
    if (made === undefined) throw stateDefect(`Table ${table.name}: a claim has no result.`);
    return made[1];
  };

  return {
    ...createUserNames(tables, partitions),
    claim: (targetId, sourceId) => claimOne({ targetId, sourceId }),
    claimAll: async (claims) => {
      const firsts = new Map(claims.toReversed().map((claim) => [claim.targetId, claim])).values();
      const byPartition = Map.groupBy(firsts, (claim) => partitionOf(claim.targetId));
      const made = await settleAll(byPartition, ([partitionKey, ofShard]) =>
        insertClaims(table, partitionKey, ofShard),
      );
      const results = new Map(made.flat());
      return settleAll(claims, async (claim) => results.get(claim) ?? claimOne(claim));
    },
    readOwner: async (targetId) => {
      const holder = await read(targetId);
      return holder && ownerOf(table.name, holder);
    },
    readOwners: async (targetIds) => {
      const found = await settleAll(new Set(targetIds), async (targetId) => {
        const holder = await read(targetId);
        return holder === null ? [] : [[targetId, ownerOf(table.name, holder)] as const];
      });
      return new Map(found.flat());
    },
    transfer: async (targetId, toSourceId, etag) => {
      const rowKey = encodeKey(targetId);
      const columns = { sourceId: toSourceId };
      const result = await table.transact(partitionOf(targetId), [{ kind: 'replace', rowKey, columns, etag }]);
      if (result.kind === 'done') return true;
      // The answer to our own write may have been lost.
      const holder = await read(targetId);
      return holder !== null && ownerOf(table.name, holder) === toSourceId;
    },
    release: async (targetId, sourceId) => {
      for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
        const holder = await read(targetId);
        if (holder === null || ownerOf(table.name, holder) !== sourceId) return;
        if ((await table.remove(partitionOf(targetId), holder.rowKey, holder.etag)) !== 'stale') return;
      }
      throw rowContended(table.name, encodeKey(targetId));
    },
  };
};

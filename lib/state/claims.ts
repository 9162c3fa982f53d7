import type { ClaimResult } from '../engine/state.js';
import { readText } from './columns.js';
import { encodeKey } from './keys.js';
import { type Draft, mergeRows } from './mergeRows.js';
import type { StoredEntity, Table } from './tables.js';

/** A source object's wish to own a Zoom account. */
export interface Claim {
  readonly targetId: string;
  readonly sourceId: string;
}

interface ClaimDraft extends Draft {
  readonly claim: Claim;
  result(): ClaimResult;
}

/** The source id in a claim's row. */
export const ownerOf = (table: string, entity: StoredEntity): string =>
  readText({ table, rowKey: entity.rowKey, columns: entity.columns }, 'sourceId');

const draftClaim = (table: string, claim: Claim): ClaimDraft => {
  const rowKey = encodeKey(claim.targetId);
  let holder: StoredEntity | null = null;
  return {
    claim,
    rowKey,
    load: (entity) => {
      holder = entity;
    },
    writes: () => (holder === null ? [{ kind: 'create', rowKey, columns: { sourceId: claim.sourceId } }] : []),
    saved: () => undefined,
    result: () => {
      if (holder === null) return { kind: 'claimed' };
      const bySourceId = ownerOf(table, holder);
      return bySourceId === claim.sourceId ? { kind: 'claimed' } : { kind: 'held', bySourceId, etag: holder.etag };
    },
  };
};

/** Inserts claims of one partition, each target once. An own claim found again counts as claimed. */
export const insertClaims = async (
  table: Table,
  partitionKey: string,
  claims: readonly Claim[],
): Promise<readonly (readonly [Claim, ClaimResult])[]> => {
  const drafts = claims.map((claim) => draftClaim(table.name, claim));
  await mergeRows(table, partitionKey, drafts);
  return drafts.map((draft) => [draft.claim, draft.result()]);
};

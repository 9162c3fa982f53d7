import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtInZoomSchema } from '../../schema/builtInZoomSchema.js';
import type { AttributeMapping, SynchronizationSchema } from '../../schema/synchronizationSchema.js';
import { enterpriseUrn } from '../../schema/zoomAttributes.js';

const manager: AttributeMapping = {
  defaultValue: null,
  exportMissingReferences: false,
  flowBehavior: 'FlowWhenChanged',
  flowType: 'Always',
  matchingPriority: 0,
  source: { expression: '[manager]', name: 'manager', parameters: [], type: 'Attribute' },
  targetAttributeName: `${enterpriseUrn}:manager`,
};

/** The built-in schema with groups switched on and the manager beside what it maps of people. */
export const makeSandboxSchema = (): SynchronizationSchema => {
  const schema = structuredClone(builtInZoomSchema);
  for (const { objectMappings } of schema.synchronizationRules) {
    for (const mapping of objectMappings ?? []) {
      mapping.enabled = true;
      if (mapping.sourceObjectName === 'User') mapping.attributeMappings?.push(structuredClone(manager));
    }
  }
  return schema;
};

/** A file for the host, which reads its first schema from one. */
export interface SchemaOnDisk {
  readonly file: string;
  remove(): Promise<void>;
}

export const writeSandboxSchema = async (): Promise<SchemaOnDisk> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'entra-zoom-sync-'));
  const file = path.join(folder, 'schema.json');
  await writeFile(file, JSON.stringify(makeSandboxSchema(), null, 2));
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
};

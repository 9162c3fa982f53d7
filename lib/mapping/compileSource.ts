import type { MappingSource } from '../schema/mappingSource.js';
import type { CompiledSource } from './compiledSource.js';

export const compileSource = (source: MappingSource, _path: string): CompiledSource => {
  if (source.kind === 'expression') {
    const name = /^\[(.*)\]$/.exec(source.text)?.[1];
    if (name !== undefined)
      return {
        attributes: [name],
        isUnique: false,
        evaluate: (attributes) => {
          const v = attributes[name];
          return v === undefined || v === null || typeof v === 'object' ? { kind: 'null' } : { kind: 'value', value: v };
        },
      };
  }
  return { attributes: [], isUnique: false, evaluate: () => ({ kind: 'null' }) };
};

import type { Gate } from '../../engine/model.js';
import type { CompiledMapping, MappedObject } from '../../mapping/compiled.js';
import { compileObjectMapping } from '../../mapping/compileObjectMapping.js';
import { readMappingSource } from '../../schema/mappingSource.js';
import { findObjectMapping } from '../../schema/objectMappings.js';
import type { AttributeMapping } from '../../schema/synchronizationSchema.js';
import { alignColumns } from './alignColumns.js';
import { evaluateGates } from './evaluateGates.js';
import { readSchemaFile } from './readSchemaFile.js';
import { readUserFile } from './readUserFile.js';
import { CommandError, type Terminal } from './terminal.js';

/**
 * `explain FILE USER.json`: every gate and every mapping with its value for one user. Answers the exit code: 1 where the
 * schema has an error, or a mapping or filter fails for this user.
 */
export const explainUser = async (schemaPath: string, userPath: string, terminal: Terminal): Promise<number> => {
  const { schema } = await readSchemaFile(schemaPath, terminal, 'errors');
  if (schema === null) return 1;
  const found = findObjectMapping(schema, 'user');
  const mapping = compileObjectMapping(schema, 'user');
  if (!found || !mapping) throw new CommandError(`${schemaPath} has no enabled mapping of users.`);
  const user = await readUserFile(userPath, mapping.sourceAttributes, terminal);
  const { gates, verdict, faults } = evaluateGates(user, mapping);
  const attributes = user.attributes({ verdict, gates });
  const nowMs = terminal.nowMs();
  const onCreate = mapping.mapForCreate(attributes, nowMs, () => false);
  const onUpdate = mapping.mapForUpdate(attributes, () => undefined, nowMs);
  const matching = mapping.mapMatching(attributes, nowMs);
  terminal.write(`Gates\n${alignColumns(gates.map(toGateRow))}`);
  terminal.write(
    `${verdict === 'in' ? 'In scope.' : 'Out of scope: nobody gets an account, and who has one loses it.'}\n`,
  );
  terminal.write(`\nMatching, in this order\n${alignColumns(toMatchingRows(mapping, matching))}`);
  const rows = (found.mapping.attributeMappings ?? []).map((one) => toMappingRow(one, mapping, onCreate, onUpdate));
  terminal.write(`\nMappings\n${alignColumns(rows)}`);
  const failed = [...faults, ...onCreate.faults];
  for (const { code, message } of failed) terminal.writeError(`error ${code}: ${message}\n`);
  return failed.length === 0 ? 0 : 1;
};

const toGateRow = ({ name, passed, detail }: Gate): readonly string[] => [passed ? 'yes' : 'no', name, detail];

const toMatchingRows = ({ matching }: CompiledMapping, { values }: MappedObject): readonly (readonly string[])[] =>
  matching.map(({ path }, index) => [`${index + 1}.`, path, showValue(values[path])]);

const showValue = (value: unknown): string => (value === undefined ? 'no value' : JSON.stringify(value));

const toMappingRow = (
  mapping: AttributeMapping,
  { references }: CompiledMapping,
  onCreate: MappedObject,
  onUpdate: MappedObject,
): readonly string[] => {
  const { targetAttributeName: path } = mapping;
  const fault = onCreate.faults.find((one) => one.path === path);
  if (fault) return [path, `error ${fault.code}`, describeSource(mapping)];
  const value = showValue(onCreate.values[path]);
  const isReference = references.some((one) => one.path === path) && onCreate.values[path] !== undefined;
  const note = isReference ? 'the account of that object, once it has one' : describeFlow(mapping, onCreate, onUpdate);
  return [path, value, describeSource(mapping), note];
};

const describeSource = ({ source }: AttributeMapping): string => {
  const read = readMappingSource(source);
  switch (read.kind) {
    case 'none':
      return 'no source';
    case 'constant':
      return JSON.stringify(read.value);
    case 'expression':
      return read.text;
  }
};

const describeFlow = (mapping: AttributeMapping, onCreate: MappedObject, onUpdate: MappedObject): string => {
  const { targetAttributeName: path, flowType, source } = mapping;
  if (onCreate.values[path] === undefined) {
    return path in onUpdate.values ? 'cleared on update' : 'left as it is in the target';
  }
  if (flowType === 'ObjectAddOnly') return 'on creation only';
  if (onUpdate.values[path] === undefined) {
    return source ? 'the default, on creation only' : 'the default, where the target is empty';
  }
  return flowType === null || flowType === undefined || flowType === 'Always' ? '' : flowType;
};

import type { FunctionDefinition, ParameterDeclaration } from './functionDefinition.js';
import { findNearestName } from './nearestName.js';
import type { Report } from './report.js';
import type { CallNode } from './syntaxTree.js';

/** Functions of Entra Connect Sync, a product with a language of the same flavour, and what does their work here. */
const connectSyncFunctions: ReadonlyMap<string, string | null> = new Map([
  ['Contains', 'InStr'],
  ['InStrRev', 'InStr'],
  ['ItemOrNull', 'Item'],
  ['LCase', 'ToLower'],
  ['UCase', 'ToUpper'],
  ['Len', null],
  ['Right', 'Mid'],
  ['CNum', null],
  ['Select', null],
  ['Where', null],
  ['With', null],
  ['RemoveDuplicatesOrNull', 'RemoveDuplicates'],
  ['ReplaceChars', 'Replace'],
  ['PadLeft', null],
  ['PadRight', null],
]);

export function refuseUnknownFunction(node: CallNode, names: Iterable<string>, report: Report): void {
  if (connectSyncFunctions.has(node.name)) {
    const message = `${node.name} is a function of Entra Connect Sync; provisioning does not have it`;
    report.refuse(node, 'UnknownFunction', message, { nearest: connectSyncFunctions.get(node.name) ?? null });
    return;
  }
  const nearest = findNearestName(node.name, names);
  const question = nearest === null ? '' : `; did you mean ${nearest}? Names must match exactly, case included`;
  report.refuse(node, 'UnknownFunction', `There is no function ${node.name}${question}`, { nearest });
}

/** Whether a call has all required arguments, complete groups and none to spare; every fault goes to the report. */
export function validateArity(node: CallNode, definition: FunctionDefinition, report: Report): boolean {
  const fixed = definition.parameters.filter((parameter) => !parameter.repeats);
  const group = definition.parameters.filter((parameter) => parameter.repeats);
  const given = node.arguments.length;
  const surplus = node.arguments[definition.parameters.length];
  if (group.length === 0 && surplus !== undefined) {
    const message = `${node.name} takes ${count(fixed.length)}, not ${given}`;
    report.refuse(surplus, 'SurplusArgument', message, { expected: [')'] });
    return false;
  }
  if (!validateGroups(node, definition, fixed.length, group, report)) return false;
  return [...fixed, ...repeatGroup(group, given - fixed.length)]
    .map((parameter, index) => validatePresence(node, parameter, index, report))
    .every(Boolean);
}

function validateGroups(
  node: CallNode,
  definition: FunctionDefinition,
  fixedCount: number,
  group: readonly ParameterDeclaration[],
  report: Report,
): boolean {
  if (group.length === 0) return true;
  const rest = node.arguments.length - fixedCount;
  const names = group.map((parameter) => parameter.name);
  const atEnd = { start: node.end - 1, end: node.end };
  if (rest < definition.minRepeats * group.length && (rest <= 0 || group.length === 1)) {
    const message = `${node.name} needs at least ${count(fixedCount + definition.minRepeats * group.length)}`;
    report.refuse(atEnd, 'MissingArgument', message, { expected: names });
    return false;
  }
  if (rest % group.length === 0) return true;
  const message = `${node.name} needs ${names.join(' and ')} in pairs; the last pair is incomplete`;
  report.refuse(atEnd, 'IncompletePair', message, { expected: names.slice(-1) });
  return false;
}

function repeatGroup(group: readonly ParameterDeclaration[], length: number): ParameterDeclaration[] {
  return Array.from({ length: Math.max(0, length) }).flatMap((_, index) => group[index % group.length] ?? []);
}

function validatePresence(node: CallNode, parameter: ParameterDeclaration, index: number, report: Report): boolean {
  const argument = node.arguments[index];
  if (!parameter.required || (argument !== undefined && argument.kind !== 'omitted')) return true;
  const at = argument ?? { start: node.end - 1, end: node.end };
  report.refuse(at, 'MissingArgument', `${node.name} needs the argument ${parameter.name}`, {
    expected: [parameter.name],
  });
  return false;
}

function count(number: number): string {
  return number === 1 ? '1 argument' : `${number} arguments`;
}

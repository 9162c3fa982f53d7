import fc from 'fast-check';
import type { FunctionDefinition } from '../../lib/expressions/functionDefinition.js';
import { functionCatalogue } from '../../lib/expressions/functions/catalogue.js';

const quoted = fc
  .string({
    unit: fc.constantFrom('a', 'B', '1', ' ', ',', '(', ']', '.', '\\', '"', 'é', '\n', '@', '-', '+'),
    maxLength: 6,
  })
  .map((text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
const attribute = fc.constantFrom('[text]', '[number]', '[flag]', '[many]', '[date]', '[none]', '[appRoleAssignments]');
const number = fc.constantFrom('0', '1', '-1', '3', '300', '&HF7', '9223372036854775807', '1.5');
const word = fc.constantFrom('True', 'False', 'vbTextCompare', 'UTF8', 'Nonsense');
const leaf = fc.oneof(
  { weight: 4, arbitrary: attribute },
  { weight: 4, arbitrary: quoted },
  { weight: 2, arbitrary: number },
  { weight: 1, arbitrary: word },
  { weight: 1, arbitrary: fc.constantFrom('"d"', '"yyyy-MM-dd"', '"(?<g>a+)"', '"g"', '"2021-01-01"', '"tr-TR"') },
);
const space = fc.constantFrom('', '', ' ', '\n', '\t ');

/** Mostly a number of arguments that the function takes. */
function countArguments({ minRepeats, parameters }: FunctionDefinition): fc.Arbitrary<number> {
  const group = parameters.filter(({ repeats }) => repeats).length;
  const least = parameters.length - group + minRepeats * group;
  return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(least, least + group) }, { weight: 1, arbitrary: fc.nat(7) });
}

function listOf(value: fc.Arbitrary<string>, count: number): fc.Arbitrary<string[]> {
  const argument = fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: fc.constant('') });
  return fc.array(argument, { minLength: count, maxLength: count });
}

/** Texts that the grammar accepts, of every function; most of them make little sense. */
export const expressionText: fc.Arbitrary<string> = fc.letrec<{ value: string; call: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    tie('call'),
    fc.tuple(leaf, space, fc.constantFrom('=', '<>', '>', '>=', '<', '<='), space, leaf).map((parts) => parts.join('')),
    fc.tuple(leaf, leaf).map((operands) => operands.join(' & ')),
  ),
  call: fc.constantFrom(...functionCatalogue.values()).chain((definition) =>
    fc
      .tuple(
        space,
        space,
        countArguments(definition).chain((count) => listOf(tie('value'), count)),
      )
      .map(([before, after, list]) => `${definition.name}${before}(${list.join(`,${after}`)}${after})`),
  ),
})).call;

const damage = fc.tuple(
  fc.nat(),
  fc.nat({ max: 3 }),
  fc.constantFrom('', '', '(', ')', ',', '"', '[', ']', '\\', '&', '=', '&H', '-1', 'x', '\u00a0'),
);

/** Texts that the grammar nearly accepts: an expression in which a few characters are gone or too many. */
export const damagedText: fc.Arbitrary<string> = fc
  .tuple(expressionText, fc.array(damage, { minLength: 1, maxLength: 3 }))
  .map(([text, damages]) =>
    damages.reduce((damaged, [place, removed, added]) => {
      const at = place % (damaged.length + 1);
      return damaged.slice(0, at) + added + damaged.slice(at + removed);
    }, text),
  );

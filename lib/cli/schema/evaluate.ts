import type { Attributes } from '../../expressions/attributes.js';
import { compileExpression } from '../../expressions/compileExpression.js';
import { createEvaluationContext } from '../../expressions/createEvaluationContext.js';
import { toTargetValue } from '../../expressions/toTargetValue.js';
import { describeFault } from '../../schema/describeFinding.js';
import { drawCaret } from './caret.js';
import { parseAttributes } from './parseAttributes.js';
import type { Terminal } from './terminal.js';

/**
 * `eval EXPRESSION [ATTRIBUTES]`: prints the result as JSON, or `ignored` where the attribute would be left out. Answers
 * the exit code: 1 where the expression cannot be parsed or evaluated.
 */
export const evaluateExpression = (text: string, attributesText: string, terminal: Terminal): number => {
  const attributes: Attributes = parseAttributes(attributesText, 'The attributes');
  const compiled = compileExpression(text);
  for (const { code, message, position } of compiled.warnings) {
    terminal.writeError(`warning ${code}: ${message}\n${drawCaret(text, position.offset)}\n`);
  }
  if (compiled.kind === 'refused') {
    for (const { code, message, position, expected, nearest } of compiled.errors) {
      const place = `line ${position.line}, column ${position.column}`;
      const said = describeFault({ message, expected: expected.join(' or ') || null, nearest });
      terminal.writeError(`error ${place}: ${code}\n  ${said}\n${drawCaret(text, position.offset)}\n`);
    }
    return 1;
  }
  const context = { ...createEvaluationContext(terminal.nowMs()), isTaken: () => false };
  const outcome = compiled.evaluate(attributes, context);
  switch (outcome.kind) {
    case 'error':
      terminal.writeError(`error ${outcome.code}: ${outcome.message}\n`);
      return 1;
    case 'null':
      terminal.write('null\n');
      return 0;
    case 'ignored':
      terminal.write('ignored\n');
      return 0;
    case 'value':
      terminal.write(`${JSON.stringify(toTargetValue(outcome.value))}\n`);
      return 0;
  }
};

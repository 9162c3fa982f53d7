import { refuseName } from './chooseUnique.js';
import { choosesUserName, isOwn } from './isOwn.js';
import { compareAnswer, linkOf } from './linkOf.js';
import { domainOf } from './mailDomain.js';
import { findOutcome } from './match.js';
import type { TargetAccount, Values } from './model.js';
import type { Attempt, ExportContext, ExportTask } from './task.js';

/**
 * Creates the account. A taken e-mail or a lost answer is looked up before anything else; what is found then is
 * decided upon anew, and nothing is created a second time. The account's claim is made with those of its batch.
 */
export const createAccount = async (
  task: ExportTask,
  values: Values,
  context: ExportContext,
  signal: AbortSignal,
): Promise<Attempt> => {
  const result = await context.world.target.createUser(values, true, signal);
  switch (result.kind) {
    case 'stored':
      return afterCreate(values, result.targetId, result.account, context, signal);
    case 'conflict': {
      if (choosesUserName(context.mapping)) {
        refuseName(context.promised, values['userName']);
        return { kind: 'rematch', match: { kind: 'none' }, recovered: false, fault: result.fault };
      }
      const match = await findOutcome({ ...task.intent, targetId: null }, context.world.target, signal);
      return match.kind === 'none'
        ? { kind: 'done', effect: { kind: 'failed', fault: result.fault } }
        : { kind: 'rematch', match, recovered: false };
    }
    case 'fault': {
      if (!result.fault.outcomeUnknown) return { kind: 'done', effect: { kind: 'failed', fault: result.fault } };
      const intent = { ...task.intent, targetId: null };
      const match = await findOutcome(intent, context.world.target, signal);
      const { attributes } = task.assessment;
      return match.kind === 'found' && (await isOwn(match, intent, attributes, context, signal))
        ? { kind: 'rematch', match, recovered: true }
        : { kind: 'done', effect: { kind: 'failed', fault: result.fault } };
    }
    case 'gone':
    case 'notBelonging':
      return { kind: 'done', effect: { kind: 'failed', fault: result.fault } };
  }
};

/** An account that was just made holds nothing where nothing was sent, so that there is nothing to clear. */
const askedOf = (values: Values, { clears }: ExportContext['mapping']): Values => ({
  ...Object.fromEntries(clears.map((path) => [path, null])),
  ...values,
});

const afterCreate = async (
  values: Values,
  targetId: string,
  answered: TargetAccount | null,
  context: ExportContext,
  signal: AbortSignal,
): Promise<Attempt> => {
  const { world, mapping, domains } = context;
  const domain = domainOf(values['userName']);
  let account = answered;
  let invited = false;
  if (!domains.has(domain) || answered === null) {
    const read = await world.target.readUser(targetId, signal);
    if (read.kind === 'found') {
      account = read.account;
      domains.learn(domain);
    }
    // Where that cannot be told yet it is looked at again, as with an invitation.
    invited = read.kind === 'notBelonging' || (read.kind !== 'found' && !domains.has(domain));
  }
  const { held, unapplied, unshown } = compareAnswer(values, account, {}, mapping);
  const link = linkOf({
    targetId,
    origin: 'created',
    invited,
    asked: askedOf(values, mapping),
    held,
    unshown,
    schemaVersion: mapping.schemaVersion,
    nowMs: world.clock.nowMs(),
  });
  return { kind: 'done', effect: { kind: 'exported', operation: 'create', link, unapplied } };
};

import type { Handler } from './context.js';
import { badRequest, GraphError } from './errors.js';
import { sendMailSchema } from './outbox.js';
import { findUser } from './reads/users.js';

const parseBody = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest('The body of sendMail is no JSON.');
  }
};

/** `POST /users/{id}/sendMail`: 202, and the mail stands in the outbox. The sender needs a mailbox, that is a mail. */
export const answerSendMail: Handler = (context, call) => {
  const sender = findUser(context, call.route.id);
  if (sender === undefined || sender.deletedAtMs !== null) {
    throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${call.route.id}' is invalid.`);
  }
  if (typeof sender.properties.mail !== 'string') {
    throw new GraphError(
      404,
      'MailboxNotEnabledForRESTAPI',
      'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    );
  }
  const { mailSenders } = context.settings;
  if (mailSenders !== null && !mailSenders.includes(sender.id)) {
    throw new GraphError(
      403,
      'ErrorAccessDenied',
      'Access to OData is disabled: blocked by application access policy.',
    );
  }
  const parsed = sendMailSchema.safeParse(parseBody(call.body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badRequest(`The mail cannot be read at '${issue?.path.join('.') ?? ''}'.`);
  }
  context.outbox.add({
    atMs: context.clock.nowMs(),
    senderId: sender.id,
    message: parsed.data.message,
    saveToSentItems: parsed.data.saveToSentItems ?? true,
  });
  return { status: 202, headers: {}, body: null };
};

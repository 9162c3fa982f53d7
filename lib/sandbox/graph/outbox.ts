import { z } from 'zod';

const recipient = z.object({
  emailAddress: z.object({ address: z.string().min(1), name: z.string().exactOptional() }),
});

/** The body of sendMail, as far as it is looked at; Graph refuses what has no recipient or no body. */
export const sendMailSchema = z.object({
  message: z.object({
    subject: z.string(),
    body: z.object({ contentType: z.enum(['Text', 'HTML', 'text', 'html']), content: z.string() }),
    toRecipients: z.array(recipient).min(1),
    ccRecipients: z.array(recipient).exactOptional(),
    bccRecipients: z.array(recipient).exactOptional(),
  }),
  saveToSentItems: z.boolean().exactOptional(),
});

/** A mail that was accepted. */
export interface SentMail {
  readonly atMs: number;
  readonly senderId: string;
  readonly message: z.infer<typeof sendMailSchema>['message'];
  readonly saveToSentItems: boolean;
}

export interface Outbox {
  readonly mails: readonly SentMail[];
  add(mail: SentMail): void;
  clear(): void;
}

export const createOutbox = (): Outbox => {
  let mails: SentMail[] = [];
  return {
    get mails() {
      return mails;
    },
    add: (mail) => mails.push(mail),
    clear: () => {
      mails = [];
    },
  };
};

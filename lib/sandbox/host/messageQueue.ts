/** A message as the storage account hands it out: hidden from others until its visibility time-out ends. */
export interface QueueMessage {
  readonly id: string;
  readonly popReceipt: string;
  /** As it stands in the queue, still encoded. */
  readonly text: string;
  readonly dequeueCount: number;
  readonly insertedOn: Date;
  readonly expiresOn: Date;
  readonly nextVisibleOn: Date;
}

/** What a queue trigger asks of a storage queue. */
export interface MessageQueue {
  readonly name: string;
  /** Up to `count` messages, hidden for `visibilityMs`; none where the queue does not exist. */
  receive(count: number, visibilityMs: number): Promise<readonly QueueMessage[]>;
  /** Hides the message for `visibilityMs` from now; answers the receipt that is valid from then on. */
  hide(message: QueueMessage, visibilityMs: number): Promise<string>;
  remove(message: QueueMessage): Promise<void>;
  /** Puts the text, encoded as it is, on the queue's poison queue, which it makes where it is missing. */
  sendToPoison(text: string): Promise<void>;
}

/** A queue of this ending has no poison queue of its own. */
export const poisonSuffix = '-poison';

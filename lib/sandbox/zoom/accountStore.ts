import type { Account, UserType } from './account.js';

type Changeable = { -readonly [Key in 'userName' | 'email' | 'status' | 'userType']: Account[Key] };

const countNone = (): Record<UserType, number> => ({ Basic: 0, Licensed: 0, 'On-Prem': 0, Collaboration: 0 });

/** First index of `ordered` whose sequence is not below `sequence`. */
const findPlace = (ordered: readonly Account[], sequence: number): number => {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle]?.sequence ?? 0) < sequence) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The accounts with their indexes: by id, by userName and e-mail in lower case, and in list order. */
export class AccountStore {
  private readonly byId = new Map<string, Account>();
  private readonly byUserName = new Map<string, Account>();
  private readonly byEmail = new Map<string, Account>();
  /** Active and inactive ones by sequence: what lists show. */
  private listed: Account[] = [];
  private counts = countNone();
  private lastSequence = 0;

  nextSequence(): number {
    this.lastSequence += 1;
    return this.lastSequence;
  }

  get(id: string): Account | undefined {
    return this.byId.get(id);
  }

  findByUserName(userName: string): Account | undefined {
    return this.byUserName.get(userName.toLowerCase());
  }

  /** Whoever has this address as userName or as e-mail. */
  findOwner(address: string): Account | undefined {
    const key = address.toLowerCase();
    return this.byUserName.get(key) ?? this.byEmail.get(key);
  }

  insert(account: Account): void {
    this.byId.set(account.id, account);
    this.byUserName.set(account.userName.toLowerCase(), account);
    this.byEmail.set(account.email.toLowerCase(), account);
    this.counts[account.userType] += 1;
    if (account.status !== 'pending') this.list(account);
  }

  remove(account: Account): void {
    this.byId.delete(account.id);
    this.byUserName.delete(account.userName.toLowerCase());
    this.byEmail.delete(account.email.toLowerCase());
    this.counts[account.userType] -= 1;
    if (account.status !== 'pending') this.unlist(account);
  }

  setUserType(account: Account, userType: UserType): void {
    this.counts[account.userType] -= 1;
    this.counts[userType] += 1;
    this.change(account, { userType });
  }

  setStatus(account: Account, status: Account['status']): void {
    if (account.status === 'pending' && status !== 'pending') this.list(account);
    if (account.status !== 'pending' && status === 'pending') this.unlist(account);
    this.change(account, { status });
  }

  setUserName(account: Account, userName: string): void {
    this.byUserName.delete(account.userName.toLowerCase());
    this.change(account, { userName });
    this.byUserName.set(userName.toLowerCase(), account);
  }

  setEmail(account: Account, email: string): void {
    this.byEmail.delete(account.email.toLowerCase());
    this.change(account, { email });
    this.byEmail.set(email.toLowerCase(), account);
  }

  countType(userType: UserType): number {
    return this.counts[userType];
  }

  listedCount(): number {
    return this.listed.length;
  }

  /** `count` accounts of the list from `offset` (0-based). */
  slice(offset: number, count: number): readonly Account[] {
    return this.listed.slice(offset, offset + count);
  }

  /** Every account, pending ones included, in order of creation. */
  all(): Iterable<Account> {
    return this.byId.values();
  }

  size(): number {
    return this.byId.size;
  }

  clear(): void {
    this.byId.clear();
    this.byUserName.clear();
    this.byEmail.clear();
    this.listed = [];
    this.counts = countNone();
  }

  private change(account: Account, change: Partial<Changeable>): void {
    Object.assign(account, change);
  }

  private list(account: Account): void {
    this.listed.splice(findPlace(this.listed, account.sequence), 0, account);
  }

  private unlist(account: Account): void {
    this.listed.splice(findPlace(this.listed, account.sequence), 1);
  }
}

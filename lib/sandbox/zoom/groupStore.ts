/** A user group of the simulated Zoom. */
export interface Group {
  readonly id: string;
  readonly displayName: string;
  emailAlias: string | null;
  /** The account's default group cannot be deleted. */
  isDefault: boolean;
  /** Account ids. */
  readonly memberIds: Set<string>;
  readonly createdMs: number;
  modifiedMs: number;
}

/** The groups by id, by name, and in order of creation. */
export class GroupStore {
  private readonly byId = new Map<string, Group>();
  private readonly byName = new Map<string, Group[]>();

  get(id: string): Group | undefined {
    return this.byId.get(id);
  }

  /** Groups of this name, case left aside. */
  findByName(displayName: string): readonly Group[] {
    return this.byName.get(displayName.toLowerCase()) ?? [];
  }

  insert(group: Group): void {
    this.byId.set(group.id, group);
    this.index(group);
  }

  remove(group: Group): void {
    this.byId.delete(group.id);
    this.unindex(group);
  }

  rename(group: Group, displayName: string): void {
    this.unindex(group);
    Object.assign(group, { displayName });
    this.index(group);
  }

  all(): Iterable<Group> {
    return this.byId.values();
  }

  size(): number {
    return this.byId.size;
  }

  clear(): void {
    this.byId.clear();
    this.byName.clear();
  }

  private index(group: Group): void {
    const key = group.displayName.toLowerCase();
    this.byName.set(key, [...(this.byName.get(key) ?? []), group]);
  }

  private unindex(group: Group): void {
    const key = group.displayName.toLowerCase();
    const others = (this.byName.get(key) ?? []).filter((other) => other !== group);
    if (others.length > 0) this.byName.set(key, others);
    else this.byName.delete(key);
  }
}

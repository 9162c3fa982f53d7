import { answerJson } from '../fakes/scriptedSend.js';
import { createFixture, root, signal } from './directoryFixture.js';

const deltaLink = `${root}/groups/delta?$deltatoken=t`;
const page = (value: readonly unknown[]) => answerJson({ value, '@odata.deltaLink': deltaLink });
const read = async (value: readonly unknown[]) => {
  const { directory } = createFixture([page(value)]);
  const result = await directory.readGroupChanges(null, ['g1'], ['description'], signal);
  return result.kind === 'page' ? result.rows : [];
};

describe('a groups stream', () => {
  it('asks for just these groups, their attributes and members', async () => {
    const { directory, sent } = createFixture([page([])]);
    await directory.readGroupChanges(null, ['g1', "g'2"], ['description'], signal);
    expect(decodeURIComponent(sent[0]?.url.href ?? '')).toBe(
      `${root}/groups/delta?$select=id,displayName,securityEnabled,description,members&$filter=id eq 'g1' or id eq 'g''2'`,
    );
  });

  it('takes 50 groups and no more, and never none', async () => {
    const ids = Array.from({ length: 51 }, (_, index) => `g${index}`);
    const { directory, sent } = createFixture([page([])]);
    await directory.readGroupChanges(null, ids.slice(1), [], signal);
    await expect(directory.readGroupChanges(null, ids, [], signal)).rejects.toThrow(RangeError);
    await expect(directory.readGroupChanges(null, [], [], signal)).rejects.toThrow(RangeError);
    expect(sent).toHaveLength(1);
  });

  it('goes on from its link whatever groups are named', async () => {
    const { directory, sent } = createFixture([page([])]);
    await directory.readGroupChanges(deltaLink, [], [], signal);
    expect(sent[0]?.url.href).toBe(deltaLink);
  });

  it('reads members by type, added and removed', async () => {
    const rows = await read([
      {
        id: 'g1',
        displayName: 'Sales',
        securityEnabled: true,
        'members@delta': [
          { '@odata.type': '#microsoft.graph.user', id: 'u1' },
          { '@odata.type': '#microsoft.graph.user', id: 'u2', '@removed': { reason: 'deleted' } },
          { '@odata.type': '#microsoft.graph.group', id: 'g2' },
          { '@odata.type': '#microsoft.graph.device', id: 'd1' },
          { '@odata.type': '#microsoft.graph.servicePrincipal', id: 's1' },
          { '@odata.type': '#microsoft.graph.orgContact', id: 'c1' },
        ],
      },
    ]);
    expect(rows).toEqual([
      {
        kind: 'present',
        object: {
          type: 'group',
          id: 'g1',
          attributes: { displayName: 'Sales', securityEnabled: true, description: null },
        },
        members: [
          { id: 'u1', type: 'user', removed: false },
          { id: 'u2', type: 'user', removed: true },
          { id: 'g2', type: 'group', removed: false },
          { id: 'd1', type: 'other', removed: false },
          { id: 's1', type: 'other', removed: false },
          { id: 'c1', type: 'other', removed: false },
        ],
      },
    ]);
  });

  it('gives each slice of a large group a row of its own', async () => {
    const slice = (id: string) => ({ id: 'g1', 'members@delta': [{ '@odata.type': '#microsoft.graph.user', id }] });
    expect(await read([slice('u1'), { id: 'g2' }, slice('u2')])).toMatchObject([
      { object: { id: 'g1' }, members: [{ id: 'u1' }] },
      { object: { id: 'g2' }, members: [] },
      { object: { id: 'g1' }, members: [{ id: 'u2' }] },
    ]);
  });

  it('reads a deleted group', async () => {
    expect(await read([{ id: 'g1', '@removed': { reason: 'changed' } }])).toEqual([
      { kind: 'removed', id: 'g1', reason: 'changed' },
    ]);
  });

  it.each([
    ['no type', [{ id: 'u1' }]],
    ['no id', [{ '@odata.type': '#microsoft.graph.user' }]],
    ['no list', { id: 'u1' }],
  ])('does not guess at members with %s', async (_, members) => {
    expect(await read([{ id: 'g1', 'members@delta': members }])).toMatchObject([{ kind: 'unreadable', id: 'g1' }]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFirstSchema } from '../../lib/compose/firstSchema.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';

const folder = mkdtempSync(path.join(tmpdir(), 'first-schema-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, content: string | Buffer): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const text = JSON.stringify(builtInZoomSchema);

describe('the schema of a deployment', () => {
  it('is the built-in one without a file', async () => {
    expect(JSON.parse(await readFirstSchema(null))).toEqual(builtInZoomSchema);
  });

  it.each([
    ['utf8', Buffer.from(text)],
    ['utf8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['utf16le with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf16be with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('is that of a file in %s', async (name, content) => {
    expect(await readFirstSchema(fileOf(`${name}.json`, content))).toBe(text);
  });

  it.each([
    ['[1', /cannot be used:\n {2}\$: At position 2: The document ends too early/],
    ['{}', /cannot be used:\n {2}synchronizationRules: Found nothing\. Expected a value of type array\.$/],
    [`{"synchronizationRules":[${'1,'.repeat(14)}1]}`, /\[9\]: .*\n {2}and 5 more; "npm run -s schema -- check /],
  ])('stops the start where it is %s', async (content, message) => {
    await expect(readFirstSchema(fileOf('broken.json', content))).rejects.toMatchObject({
      name: 'SchemaFileError',
      message: expect.stringMatching(message),
    });
  });

  it('stops the start where the file is not there', async () => {
    await expect(readFirstSchema(path.join(folder, 'nowhere.json'))).rejects.toThrow(/nowhere\.json cannot be read/);
  });
});

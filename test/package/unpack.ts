import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { type WrittenPackage, writePackage } from '../../tools/package/writePackage.js';

export interface Unpacked {
  /** The app as the platform unpacks it. */
  readonly root: string;
  readonly files: readonly string[];
  readonly written: WrittenPackage;
}

/** Makes the package of the compiled app in the working directory, and unpacks it below a new folder. */
export const unpackPackage = (): Unpacked => {
  const folder = mkdtempSync(path.join(tmpdir(), 'package-'));
  const written = writePackage(process.cwd(), path.join(folder, 'app.zip'));
  const root = path.join(folder, 'app');
  const files = unzipSync(readFileSync(written.file));
  const folders = new Set(Object.keys(files).map((name) => path.dirname(path.join(root, name))));
  for (const one of folders) mkdirSync(one, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(root, name), bytes);
  return { root, files: Object.keys(files), written };
};

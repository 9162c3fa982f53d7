import { writeFileSync } from 'node:fs';
import { type ZipOptions, zipSync } from 'fflate';
import { collectPackageFiles } from './packageFiles.js';

export interface WrittenPackage {
  readonly file: string;
  readonly files: number;
  readonly unpackedBytes: number;
  readonly bytes: number;
}

/** The same files make the same bytes: no entry carries the time of its making. */
const zipOptions: ZipOptions = { level: 6, mtime: new Date(1980, 0, 1) };

/** Writes the deployable zip of the compiled app in `root`. */
export const writePackage = (root: string, file: string): WrittenPackage => {
  const files = collectPackageFiles(root);
  const zip = zipSync(Object.fromEntries(files), zipOptions);
  writeFileSync(file, zip);
  const unpackedBytes = [...files.values()].reduce((sum, bytes) => sum + bytes.byteLength, 0);
  return { file, files: files.size, unpackedBytes, bytes: zip.byteLength };
};

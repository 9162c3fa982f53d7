import { writePackage } from './writePackage.js';

/** `npm run package`: the deployable zip, from what was compiled and tested here. */
const inMegabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const { file, files, bytes, unpackedBytes } = writePackage(process.cwd(), 'entra-zoom-sync.zip');
process.stdout.write(`${file}: ${inMegabytes(bytes)}, ${files} files of ${inMegabytes(unpackedBytes)}\n`);
